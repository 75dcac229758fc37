import type { Tier } from '../../config/index.js';
import type { DateCount } from './sql/count-days.js';
import type { FreshnessReport, QueueReport, TierReport } from './status.shape.js';

type Counts = Pick<DateCount, 'days' | 'fresh' | 'neverConfirmed' | 'oldestConfirmedAt'>;

/** Sums counts by date into one report. */
export function freshnessReport(counts: readonly Counts[]): FreshnessReport {
  const days = sum(counts, (count) => count.days);
  const fresh = sum(counts, (count) => count.fresh);
  const neverFetched = sum(counts, (count) => count.neverConfirmed);
  const oldest = counts.flatMap((count) => count.oldestConfirmedAt ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
  return {
    days,
    fresh,
    stale: days - fresh - neverFetched,
    neverFetched,
    share: days > 0 ? Math.floor((fresh / days) * 10_000) / 10_000 : null,
    oldestAsOf: oldest?.toISOString() ?? null,
  };
}

/** A count with the tier that its days are of; undefined: they are past, or beyond the window. */
export interface TierCount {
  readonly tier: Tier | undefined;
  readonly count: DateCount;
}

/** One report for each of the tiers that differ, nearest first, then the shortest max age. */
export function tierReports(tiers: readonly Tier[], counts: readonly TierCount[]): TierReport[] {
  return distinctTiers(tiers).map((tier) => ({
    ...tierInForce(tier),
    ...freshnessReport(counts.flatMap(({ tier: of, count }) => (of && isSame(of, tier) ? [count] : []))),
  }));
}

/** A tier as reports name it. */
export function tierInForce({ days, maxAgeMs }: Tier): Pick<TierReport, 'withinDays' | 'maxAgeSeconds'> {
  return { withinDays: days, maxAgeSeconds: maxAgeMs / 1_000 };
}

function distinctTiers(tiers: readonly Tier[]): Tier[] {
  const first = tiers.filter((tier, i) => tiers.findIndex((each) => isSame(each, tier)) === i);
  return first.sort((a, b) => a.days - b.days || a.maxAgeMs - b.maxAgeMs);
}

function isSame(a: Tier, b: Tier): boolean {
  return a.days === b.days && a.maxAgeMs === b.maxAgeMs;
}

export function queueReport(counts: readonly DateCount[]): QueueReport {
  return {
    due: sum(counts, (count) => count.due),
    leased: sum(counts, (count) => count.leased),
    failing: sum(counts, (count) => count.failing),
  };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
