import { Injectable, Logger } from '@nestjs/common';
import { SupplierSettings } from '../config/index.js';
import { wasAnswered } from '../inventory/index.js';
import { PrismaService, type Sql } from '../prisma/index.js';
import { SupplierClient, type SupplierFailure, type SupplierQuota, type SupplierWait } from '../supplier/index.js';
import { Clock } from '../time/index.js';
import { allowance, lookAgainAtMs, type LimiterState } from './policy/allowance.js';
import { believed } from './policy/belief.js';
import { afterFailure, afterNoVerdict, CLOSED, probeEnd } from './policy/circuit.js';
import { LearnedRates } from './learned-rates.js';
import { paceRequests, type Grants } from './policy/pacing.js';
import { afterRefusal, shareAt, wholeAt } from './policy/throttle.js';
import { afterUnusable, ALL_USABLE, isUnusable, UNUSABLE_INTERVAL_MS, type UnusableAnswer } from './policy/unusable.js';
import { beginBudget, lockBudget, saveLimits, takeGrants, type BudgetState } from './sql/budget-row.js';
import { noteQuota, standingOf } from './sql/note-answer.js';
import { ToldLately } from './told-lately.js';

export type { BudgetState } from './sql/budget-row.js';

/** How many requests may be sent now. `nextAtMs`: when it is worth asking for another offer. */
export interface Offer extends Grants {
  readonly now: Date;
  /** The circuit is half-open: the one request that is granted tells whether the partner answers again. */
  readonly probe: boolean;
  /** What was stored lay further ahead than anything sets it, and was set right. */
  readonly clamped: boolean;
  /** The next place on the grid after `used` of them, epoch milliseconds. */
  gridAtMs(used: number): number;
}

/** What an answer showed. */
export interface Recovery {
  /** It ended an outage: requests failed since then that are worth another try now. Null: it did not. */
  readonly recoveredSince: Date | null;
  /** Requests for its product failed before. */
  readonly product: boolean;
  /** Since when the answers for all products were of no use until now. Null: they were not. */
  readonly unusableSince: Date | null;
}

/** What a failure showed. */
export interface Blame extends Recovery {
  /** Others are answered, so that the trouble is its product's. */
  readonly ofProduct: boolean;
  /** It began an outage: failures since then were the supplier's trouble too, and not their products'. Null: it did not. */
  readonly outageSince: Date | null;
}

/**
 * How often we may ask, and what the partner taught us of it: shared by all replicas, kept across restarts. The only
 * writer of its table. The rules are pure, in `policy/`; here each is applied to the locked row.
 */
@Injectable()
export class SupplierBudget {
  private readonly logger = new Logger('Sync');
  private readonly lately = new ToldLately();

  constructor(
    private readonly prisma: PrismaService,
    private readonly settings: SupplierSettings,
    private readonly client: SupplierClient,
    private readonly rates: LearnedRates,
    private readonly clock: Clock,
  ) {}

  /** Locks the budget for the transaction and says how many requests may be sent now, at most `most`. */
  async offer(sql: Sql, most: number): Promise<Offer> {
    const stored = await this.lock(sql);
    // Only now: waiting for the lock took time, and what is granted is counted from the instant it is sent.
    const now = this.clock.now();
    const state = believed(stored, now, this.settings);
    if (state !== stored) {
      this.logger.warn('instants of the budget lay further ahead than anything sets them: they were set right');
      await saveLimits(sql, this.client.supplier, state);
    }
    const { requestsPerMinute } = this.settings;
    const { intervalMs, closedUntil, probe } = allowance(state, now, requestsPerMinute);
    const paced = { nextAtMs: state.nextAtMs, blockedUntil: closedUntil };
    const grants = paceRequests(paced, now, intervalMs, probe ? Math.min(1, most) : most);
    return {
      ...{ now, probe, count: grants.count, clamped: state !== stored },
      nextAtMs: (used) => lookAgainAtMs(grants.nextAtMs(used), now, requestsPerMinute),
      gridAtMs: (used) => grants.nextAtMs(used),
    };
  }

  /** Takes `used` of what was offered. A probe that was taken keeps others from being sent until it is answered, or lost. */
  async take(sql: Sql, offer: Offer, used: number): Promise<void> {
    const minute = new Date(Math.floor(offer.now.getTime() / MINUTE_MS) * MINUTE_MS);
    await takeGrants(sql, this.client.supplier, {
      ...{ used, minute, minuteBefore: new Date(minute.getTime() - MINUTE_MS) },
      nextAtMs: offer.gridAtMs(used),
      probeUntil: offer.probe ? probeEnd(offer.now, this.settings.timeoutMs) : null,
    });
  }

  /** The supplier refused a request: nobody asks before the end that it named, and a repeated refusal halves the share of the budget that is used. */
  async refused(refusal: SupplierWait): Promise<void> {
    const { before, after, now } = await this.learn((state, now) =>
      afterNoVerdict(blocked({ ...state, ...afterRefusal(state, now, refusal.until) }, refusal, now)),
    );
    this.tellBlock(before, refusal, now);
    if (after.share >= shareAt(before, now)) return;
    const percent = Math.round(after.share * 100);
    this.logger.warn(
      `the supplier refused again: ${percent} % of the budget is used now, ` +
        `all of it again at ${wholeAt(after, now)?.toISOString()}`,
    );
  }

  /** The supplier answered a request, and asked us to wait before the next one. */
  async asksToWait(wait: SupplierWait): Promise<void> {
    const { before, now } = await this.learn((state, now) => {
      const blockedUntil =
        state.blockedUntil !== null && state.blockedUntil > wait.until ? state.blockedUntil : wait.until;
      return blocked({ ...state, blockedUntil }, wait, now);
    });
    // A quota may be used up each minute.
    if (this.lately.isNews(wait.detail, now)) this.tellBlock(before, wait, now);
  }

  /** A request failed. An answer, whatever it says, shows that the supplier works: it ends an outage. */
  async failed({ kind, detail }: Pick<SupplierFailure, 'kind' | 'detail'>, experienceId: number): Promise<Blame> {
    if (wasAnswered(kind)) {
      const recovery = await this.unusable({ kind, detail, experienceId });
      return { ...recovery, ofProduct: true, outageSince: null };
    }
    const { before, after } = await this.learn((state, now) => ({
      ...state,
      ...afterFailure(state, experienceId, this.rates.experiences, now),
      ...{ failureKind: kind, failure: detail },
    }));
    const opened = before.openUntil === null ? after.openUntil : null;
    if (opened) {
      this.logger.warn(
        `${after.failures} requests in a row failed, the last with ${kind}: ${detail}. Nothing is asked until ` +
          `${opened.toISOString()}, and then one request at a time until one is answered`,
      );
    }
    return {
      ...NO_RECOVERY,
      ofProduct: after.openUntil === null,
      outageSince: opened ? after.failingSince : null,
    };
  }

  /** A list of slots came. Writes only where that changes something: a quota was told, or requests before it failed. */
  async answered(quota: SupplierQuota | null, experienceId: number): Promise<Recovery> {
    const { supplier } = this.client;
    if (quota) await noteQuota(this.prisma, supplier, quota, this.clock.now());
    // Asked of the rows and not of what this process saw last: a failure that another replica met since must be forgotten too.
    const standing = await standingOf(this.prisma, supplier, experienceId);
    if (!standing.supplier) return { ...NO_RECOVERY, product: standing.product };
    const { before } = await this.learn((state, now) => ({
      ...{ ...state, ...CLOSED, ...ALL_USABLE },
      ...(isInTrouble(state) && { recoveredAt: now }),
    }));
    if (isUnusable(before))
      this.logger.log(`the supplier's answers are of use again, after ${before.unusable} in a row`);
    const unusableSince = isUnusable(before) ? before.unusableSince : null;
    return { ...this.recovery(before), product: standing.product, unusableSince };
  }

  /** The supplier said that there is nothing, in another way than by a list: it works. */
  async worked(experienceId: number): Promise<Recovery> {
    const standing = await standingOf(this.prisma, this.client.supplier, experienceId);
    if (!standing.supplier) return NO_RECOVERY;
    const { before } = await this.learn(closed);
    return this.recovery(before);
  }

  private async unusable(answer: UnusableAnswer): Promise<Recovery> {
    const { before, after } = await this.learn((state, now) => ({
      ...closed(state, now),
      ...afterUnusable(state, answer, now),
    }));
    if (!isUnusable(before) && isUnusable(after)) {
      this.logger.warn(
        `${after.unusable} answers in a row, for several products, were of no use, the last: ${answer.kind}: ` +
          `${answer.detail}. Until one is, one request is sent every ${UNUSABLE_INTERVAL_MS / 1_000} seconds`,
      );
    }
    return this.recovery(before);
  }

  private recovery(before: LimiterState): Recovery {
    if (before.openUntil === null) return NO_RECOVERY;
    this.logger.log(`the supplier answers again after ${before.failures} failures in a row`);
    return { ...NO_RECOVERY, recoveredSince: before.failingSince };
  }

  private tellBlock({ blockedUntil }: LimiterState, { until, detail }: SupplierWait, now: Date): void {
    if (blockedUntil !== null && blockedUntil > now) return;
    this.logger.warn(`${detail}: nothing is asked until ${until.toISOString()}`);
  }

  /** As far as it can be true. */
  async state(): Promise<BudgetState | null> {
    const row = await this.prisma.supplierBudget.findUnique({ where: { supplier: this.client.supplier } });
    return row && believed(row, this.clock.now(), this.settings);
  }

  /** Applies a rule to the locked row. */
  private learn(rule: (state: LimiterState, now: Date) => LimiterState): Promise<Lesson> {
    return this.prisma.$transaction(async (sql) => {
      const stored = await this.lock(sql);
      const now = this.clock.now();
      const before = believed(stored, now, this.settings);
      const after = rule(before, now);
      await saveLimits(sql, this.client.supplier, after);
      return { before, after, now };
    });
  }

  private async lock(sql: Sql): Promise<BudgetState> {
    const { supplier } = this.client;
    const found = await lockBudget(sql, supplier);
    if (found) return found;
    await beginBudget(sql, supplier, this.clock.now());
    const made = await lockBudget(sql, supplier);
    if (!made) throw new Error('the budget row is missing right after it was made');
    return made;
  }
}

/** The wish is kept with the wait that it named. Of two wishes the later end counts. */
function blocked(state: LimiterState, { until, detail }: SupplierWait, now: Date): LimiterState {
  if (state.blockedUntil !== until) return state;
  return { ...state, blockedAt: now, blockedMs: until.getTime() - now.getTime(), refusal: detail };
}

/** Whether a status would name it: what ends then is told as a recovery. */
function isInTrouble(state: LimiterState): boolean {
  return state.openUntil !== null || isUnusable(state);
}

/** The supplier works, so the circuit is closed. */
function closed(state: LimiterState, now: Date): LimiterState {
  return { ...state, ...CLOSED, ...(state.openUntil !== null && { recoveredAt: now }) };
}

interface Lesson {
  readonly before: LimiterState;
  readonly after: LimiterState;
  readonly now: Date;
}

const NO_RECOVERY: Recovery = { recoveredSince: null, product: false, unusableSince: null };
const MINUTE_MS = 60_000;
