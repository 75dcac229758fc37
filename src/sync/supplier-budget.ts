import { Injectable, Logger } from '@nestjs/common';
import { SupplierSettings } from '../config/index.js';
import { PrismaService, type Sql } from '../prisma/index.js';
import { SupplierClient, type FailureKind, type SupplierQuota } from '../supplier/index.js';
import { Clock } from '../time/index.js';
import { allowance, lookAgainAtMs, type LimiterState } from './policy/allowance.js';
import { afterFailure, afterNoVerdict, CLOSED, probeEnd, recoveredSince } from './policy/circuit.js';
import { paceRequests, type Grants } from './policy/pacing.js';
import { afterRefusal, shareAt, wholeAt } from './policy/throttle.js';
import { beginBudget, lockBudget, saveLimits, takeGrants, type BudgetState } from './sql/budget-row.js';
import { isFailing, noteQuota } from './sql/note-answer.js';

export type { BudgetState } from './sql/budget-row.js';

/** How many requests may be sent now. `nextAtMs`: when it is worth asking for another offer. */
export interface Offer extends Grants {
  readonly now: Date;
  /** The circuit is half-open: the one request that is granted tells whether the partner answers again. */
  readonly probe: boolean;
  /** The next place on the grid after `used` of them, epoch milliseconds. */
  gridAtMs(used: number): number;
}

/** What an answer showed. */
export interface Recovery {
  /** It ended an outage: requests failed since then that are worth another try now. Null: it did not. */
  readonly recoveredSince: Date | null;
}

/**
 * How often we may ask, and what the partner taught us of it: shared by all replicas, kept across restarts. The only
 * writer of its table. The rules are pure, in `policy/`; here each is applied to the locked row.
 */
@Injectable()
export class SupplierBudget {
  private readonly logger = new Logger('Sync');

  constructor(
    private readonly prisma: PrismaService,
    private readonly settings: SupplierSettings,
    private readonly client: SupplierClient,
    private readonly clock: Clock,
  ) {}

  /** Locks the budget for the transaction and says how many requests may be sent now, at most `most`. */
  async offer(sql: Sql, most: number): Promise<Offer> {
    const state = await this.lock(sql);
    // Only now: waiting for the lock took time, and what is granted is counted from the instant it is sent.
    const now = this.clock.now();
    const { requestsPerMinute } = this.settings;
    const { intervalMs, closedUntil, probe } = allowance(state, now, requestsPerMinute);
    const paced = { nextAtMs: state.nextAtMs, blockedUntil: closedUntil };
    const grants = paceRequests(paced, now, intervalMs, probe ? Math.min(1, most) : most);
    return {
      ...{ now, probe, count: grants.count },
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

  /** The supplier refused: nobody asks before `until`, and a repeated refusal halves the share of the budget that is used. */
  async refused(until: Date): Promise<void> {
    const { before, after, now } = await this.learn((state, now) => {
      const throttled = { ...state, ...afterRefusal(state, now, until) };
      return { ...throttled, ...afterNoVerdict(throttled) };
    });
    if (after.share >= shareAt(before, now)) return;
    const percent = Math.round(after.share * 100);
    this.logger.warn(
      `the supplier refused again: ${percent} % of the budget is used now, ` +
        `all of it again at ${wholeAt(after, now)?.toISOString()}`,
    );
  }

  /** A request failed. Where it was for a product that the supplier does not know, the supplier answers: no failure of its. */
  async failed(kind: FailureKind, experienceId: number): Promise<Recovery> {
    if (kind === 'unknown_product') return this.answered(null, experienceId);
    const { before, after } = await this.learn((state, now) => ({
      ...state,
      ...afterFailure(state, experienceId, now),
    }));
    if (before.openUntil === null && after.openUntil !== null) {
      this.logger.warn(
        `${after.failures} requests in a row failed, the last with ${kind}: nothing is asked until ` +
          `${after.openUntil.toISOString()}, and then one request at a time until one is answered`,
      );
    }
    return NO_RECOVERY;
  }

  /** A request was answered. Writes only where that changes something: a quota was told, or requests before it failed. */
  async answered(quota: SupplierQuota | null, experienceId: number): Promise<Recovery> {
    const { supplier } = this.client;
    // Asked of the row and not of what this process saw last: a failure that another replica met since must be forgotten too.
    const failing = quota
      ? await noteQuota(this.prisma, supplier, quota, this.clock.now())
      : await isFailing(this.prisma, supplier);
    if (!failing) return NO_RECOVERY;
    const { before } = await this.learn((state) => ({ ...state, ...CLOSED }));
    if (before.openUntil === null) return NO_RECOVERY;
    this.logger.log(`the supplier answers again after ${before.failures} failures in a row`);
    return { recoveredSince: recoveredSince(before, experienceId) };
  }

  async state(): Promise<BudgetState | null> {
    return this.prisma.supplierBudget.findUnique({ where: { supplier: this.client.supplier } });
  }

  /** Applies a rule to the locked row. */
  private learn(rule: (state: LimiterState, now: Date) => LimiterState): Promise<Lesson> {
    return this.prisma.$transaction(async (sql) => {
      const before = await this.lock(sql);
      const now = this.clock.now();
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

interface Lesson {
  readonly before: LimiterState;
  readonly after: LimiterState;
  readonly now: Date;
}

const NO_RECOVERY: Recovery = { recoveredSince: null };
const MINUTE_MS = 60_000;
