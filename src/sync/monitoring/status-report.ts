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

/** One report per tier, nearest first. @param tierOf the tier that a count belongs to */
export function tierReports(
  tiers: readonly Tier[],
  counts: readonly DateCount[],
  tierOf: (count: DateCount) => Tier | undefined,
): TierReport[] {
  return tiers.map((tier) => ({
    withinDays: tier.days,
    maxAgeSeconds: tier.maxAgeMs / 1_000,
    ...freshnessReport(counts.filter((count) => tierOf(count) === tier)),
  }));
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
