import { Logger } from '@nestjs/common';
import type { SupplierSettings } from '../../config/index.js';
import { wasAnswered } from '../../inventory/index.js';
import type { PrismaService, Sql } from '../../prisma/index.js';
import type { Supplier, SupplierFailure, SupplierQuota, SupplierWait } from '../../supplier/index.js';
import { LoggedLately, type Clock } from '../../time/index.js';
import type { Blame, Offer, Recovery } from './budget-outcomes.js';
import { effectiveRate, lookAgainAtMs, type LimiterState } from './effective-rate.js';
import { bookedAtMs, corrected, furthestNextAtMs } from './corrected-instants.js';
import { blocked, closed, isInTrouble, refused } from './transitions.js';
import { afterFailure, afterNoOutcome, probeEnd } from './circuit.js';
import { intervalMs, paceRequests, requestsPerMinuteOf } from './pacing.js';
import { afterRefusal, later, shareAt, wholeAt } from './aimd.js';
import { afterUnusable, ALL_USABLE, isUnusable, UNUSABLE_INTERVAL_MS, type UnusableAnswer } from './unusable.js';
import { beginBudget, lockBudget, readBudget, saveLimits, takeGrants, type BudgetState } from './sql/budget-row.js';
import { noteQuota, openTroublesOf } from './sql/note-answer.js';
import { minutesOf } from './clock-minutes.js';

export type { Blame, Offer, Recovery } from './budget-outcomes.js';
export type { BudgetState } from './sql/budget-row.js';

/**
 * How many requests the supplier may get, by configuration and by its own answers. All replicas share it, and it survives
 * restarts. One per supplier; the only writer of its table. The rules beside it are pure functions; this class applies them
 * to the locked row.
 */
export class SupplierBudget {
  private readonly logger = new Logger('Sync');
  private readonly lately = new LoggedLately();
  private readonly settings: SupplierSettings;

  constructor(
    private readonly prisma: PrismaService,
    supplier: Supplier,
    private readonly clock: Clock,
  ) {
    this.settings = supplier.settings;
    supplier.client.onExtraRequest(() => void this.payExtra());
  }

  /** Locks the budget for the transaction and returns how many requests may be sent now, at most `most`. */
  async offer(sql: Sql, most: number): Promise<Offer> {
    const stored = await this.lock(sql);
    // Read after the lock, because waiting for it takes time and grants count from the instant of sending.
    const now = this.clock.now();
    const state = corrected(stored, now, this.settings);
    if (state !== stored) {
      this.logger.warn(`${this.settings.name}: the stored budget had instants in the future, which were corrected`);
      await saveLimits(sql, this.settings.name, state);
    }
    const { requestsPerMinute } = this.settings;
    const { intervalMs: pace, closedUntil, probe, atOnce } = effectiveRate(state, now, requestsPerMinute);
    const slowed = pace > intervalMs(requestsPerMinute);
    const paced = { nextAtMs: state.nextAtMs, blockedUntil: closedUntil };
    const grants = paceRequests(paced, now, pace, Math.min(most, atOnce));
    return {
      ...{ now, probe, slowed, count: grants.count, isClosed: closedUntil !== null, clamped: state !== stored },
      requestsPerMinute: slowed ? requestsPerMinuteOf(pace) : requestsPerMinute,
      nextAtMs: (used) => lookAgainAtMs(grants.nextAtMs(used), now, requestsPerMinute),
      togetherAtMs: (used) => lookAgainAtMs(grants.togetherAtMs(used), now, requestsPerMinute),
      gridAtMs: (used) => (grants.count > 0 ? grants.nextAtMs(used) : bookedAtMs(state, grants, used, pace, now)),
    };
  }

  /** Takes `used` of the offered requests. After a probe is taken, no other is sent until it is answered or lost. */
  async take(sql: Sql, offer: Offer, used: number): Promise<void> {
    await takeGrants(sql, this.settings.name, {
      ...{ used, ...minutesOf(offer.now) },
      nextAtMs: offer.gridAtMs(used),
      probeUntil: offer.probe ? probeEnd(offer.now, this.settings.timeoutMs) : null,
    });
  }

  /** A call took one more request. The next one waits for two intervals, so that the supplier never sees more than the budget. */
  private async payExtra(): Promise<void> {
    try {
      await this.prisma.$transaction(async (sql) => {
        const stored = await this.lock(sql);
        const now = this.clock.now();
        const state = corrected(stored, now, this.settings);
        const { intervalMs } = effectiveRate(state, now, this.settings.requestsPerMinute);
        const paidAtMs = Math.max(state.nextAtMs, now.getTime()) + intervalMs;
        const nextAtMs = Math.min(paidAtMs, furthestNextAtMs(intervalMs, now));
        const taken = { used: 1, nextAtMs, probeUntil: state.probeUntil, ...minutesOf(now) };
        await takeGrants(sql, this.settings.name, taken);
      });
    } catch (error) {
      this.logger.error(`${this.settings.name}: an extra request could not be counted: ${String(error)}`);
    }
  }

  /**
   * The supplier refused a request. No replica sends one before the instant that it named. A repeated refusal halves the
   * share of the budget that is used.
   */
  async refused(refusal: SupplierWait): Promise<void> {
    const { before, after, now } = await this.learn((state, now) =>
      afterNoOutcome(refused(blocked({ ...state, ...afterRefusal(state, now, refusal.until) }, refusal, now), now)),
    );
    this.logBlock(before, refusal, now);
    if (after.share >= shareAt(before, now)) return;
    const percent = Math.round(after.share * 100);
    this.logger.warn(
      `${this.settings.name} refused again: ${percent} % of the budget is used now, ` +
        `all of it again at ${wholeAt(after, now)?.toISOString()}`,
    );
  }

  /** An admin ends a wait, from which the share grows again, and an open circuit. Of that the next request is a probe. */
  async tryNow(): Promise<void> {
    await this.learn((state, now) => ({
      ...state,
      ...{ blockedUntil: null, blockedMs: null, probeUntil: null },
      ...{ quotaRemaining: null, quotaResetAt: null, quotaSeenAt: null },
      shareSince: state.shareSince && state.shareSince > now ? now : state.shareSince,
      openUntil: state.openUntil === null ? null : now,
      nextAtMs: Math.min(state.nextAtMs, now.getTime() + intervalMs(this.settings.requestsPerMinute)),
    }));
  }

  /** The supplier answered a request and told us to wait before the next one. */
  async noteWait(wait: SupplierWait): Promise<void> {
    const { before, now } = await this.learn((state, now) =>
      blocked({ ...state, blockedUntil: later(state.blockedUntil, wait.until) }, wait, now),
    );
    // Not each time: a quota may run out every minute.
    if (this.lately.isNew(wait.detail, now)) this.logBlock(before, wait, now);
  }

  /**
   * A request failed. An unusable answer is still an answer, so it ends an outage.
   * @param experiences how many are synced: if all of them fail, it is an outage
   */
  async failed(
    { kind, detail }: Pick<SupplierFailure, 'kind' | 'detail'>,
    experienceId: number,
    experiences: number,
  ): Promise<Blame> {
    if (wasAnswered(kind)) {
      const recovery = await this.unusable({ kind, detail, experienceId });
      return { ...recovery, ofProduct: true, outageSince: null };
    }
    const { before, after } = await this.learn((state, now) => ({
      ...state,
      ...afterFailure(state, experienceId, experiences, now),
      ...{ failureKind: kind, failure: detail },
    }));
    const opened = before.openUntil === null ? after.openUntil : null;
    if (opened) {
      this.logger.warn(
        `${this.settings.name}: ${after.failures} requests in a row failed, the last with ${kind}: ${detail}. No request is sent until ` +
          `${opened.toISOString()}, and then one request at a time until one is answered`,
      );
    }
    return {
      ...NO_RECOVERY,
      ofProduct: after.openUntil === null,
      ofAll: false,
      outageSince: opened ? after.failingSince : null,
    };
  }

  /** A list of slots came. Writes only what changes: a reported quota, or the end of earlier failures. */
  async answered(quota: SupplierQuota | null, experienceId: number): Promise<Recovery> {
    const supplier = this.settings.name;
    if (quota) await noteQuota(this.prisma.direct, supplier, quota, this.clock.now());
    // Read from the rows and not from this process's memory: a failure of another replica since then must be cleared too.
    const open = await openTroublesOf(this.prisma.direct, supplier, experienceId);
    if (!open.supplier) return { ...NO_RECOVERY, product: open.product };
    const { before } = await this.learn((state, now) => ({
      ...closed(state, now),
      ...ALL_USABLE,
      ...(isInTrouble(state) && { recoveredAt: now }),
    }));
    if (isUnusable(before))
      this.logger.log(`${this.settings.name}: answers are usable again, after ${before.unusable} that were not`);
    const unusableSince = isUnusable(before) ? before.unusableSince : null;
    return { ...this.recovery(before), product: open.product, unusableSince };
  }

  /** The supplier said that there are no slots, in another form than a list. So it answers. */
  async worked(experienceId: number): Promise<Recovery> {
    const open = await openTroublesOf(this.prisma.direct, this.settings.name, experienceId);
    if (!open.supplier) return NO_RECOVERY;
    const { before } = await this.learn(closed);
    return this.recovery(before);
  }

  private async unusable(answer: UnusableAnswer): Promise<Recovery & Pick<Blame, 'ofAll'>> {
    const { before, after } = await this.learn((state, now) => ({
      ...closed(state, now),
      ...afterUnusable(state, answer, now),
    }));
    if (!isUnusable(before) && isUnusable(after)) {
      this.logger.warn(
        `${this.settings.name}: ${after.unusable} answers in a row, for several products, were unusable, the last with ${answer.kind}: ` +
          `${answer.detail}. Until one is usable, one request is sent every ${UNUSABLE_INTERVAL_MS / 1_000} seconds`,
      );
    }
    return { ...this.recovery(before), ofAll: isUnusable(after) };
  }

  private recovery(before: LimiterState): Recovery {
    if (before.openUntil === null) return NO_RECOVERY;
    this.logger.log(`${this.settings.name} answers again after ${before.failures} failures in a row`);
    return { ...NO_RECOVERY, recoveredSince: before.failingSince };
  }

  private logBlock({ blockedUntil }: LimiterState, { until, detail }: SupplierWait, now: Date): void {
    if (blockedUntil !== null && blockedUntil > now) return;
    this.logger.warn(`${this.settings.name}: ${detail}: no request is sent until ${until.toISOString()}`);
  }

  /** The stored state with impossible instants corrected; null: no request was sent so far. */
  async state(): Promise<BudgetState | null> {
    const row = await readBudget(this.prisma.reports, this.settings.name);
    return row ? corrected(row, this.clock.now(), this.settings) : null;
  }

  /** Applies a rule to the locked row. */
  private learn(rule: (state: LimiterState, now: Date) => LimiterState): Promise<Transition> {
    return this.prisma.$transaction(async (sql) => {
      const stored = await this.lock(sql);
      const now = this.clock.now();
      const before = corrected(stored, now, this.settings);
      const after = rule(before, now);
      await saveLimits(sql, this.settings.name, after);
      return { before, after, now };
    });
  }

  private async lock(sql: Sql): Promise<BudgetState> {
    const supplier = this.settings.name;
    const found = await lockBudget(sql, supplier);
    if (found) return found;
    await beginBudget(sql, supplier, this.clock.now());
    const made = await lockBudget(sql, supplier);
    if (!made) throw new Error('the budget row is missing right after it was made');
    return made;
  }
}

interface Transition {
  readonly before: LimiterState;
  readonly after: LimiterState;
  readonly now: Date;
}

const NO_RECOVERY: Recovery = { recoveredSince: null, product: false, unusableSince: null };
