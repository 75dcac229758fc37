import type { Tier } from '../../config/index.js';
import type { DateCount } from './sql/count-days.js';
import type { ReplicaReport } from '../../prisma/index.js';
import type { BudgetReport } from '../budget/budget-report.js';
import type { CapacityReport } from '../capacity/capacity-report.js';
import type { RunReport } from './run-report.js';
import type { Cause, State } from './state-report.js';
import type { ErrorReport, OddityReport } from './trouble-report.js';

/** Whether it syncs, and why not. Instants are ISO 8601 UTC. */
export interface SyncState {
  readonly state: State;
  /** When this state began. */
  readonly since: string;
  /** Why it does not run, and what to do; null: it runs. */
  readonly cause: Cause | null;
  /** When the next request may be sent; null: not before somebody resumes. */
  readonly nextAttemptAt: string | null;
  readonly pausedAt: string | null;
  readonly pausedBy: string | null;
  readonly reason: string | null;
  /** When the pause ends by itself. */
  readonly pausedUntil: string | null;
  readonly budget: BudgetReport;
  /** What the read replica is good for, as this process sees it; null: there is none. */
  readonly readReplica: ReplicaReport | null;
  /** Stored instants that lay in the future were set right, within the last day: when, and what was done. Null: none. */
  readonly clock: { readonly at: string; readonly text: string } | null;
}

/** `GET /api/v1/sync/status`: how the sync stands. */
export interface SyncStatus extends SyncState {
  /** When the database told it: older than now only while it is out of reach. */
  readonly asOf: string;
  readonly queue: QueueReport;
  /** Always `value`, for clients of 0.2: there is one way to decide what to fetch next. */
  readonly policy: 'value';
  /** What the budget can keep of what the tiers promise. */
  readonly plan: CapacityReport;
  readonly freshness: FreshnessReport & { readonly tiers: readonly TierReport[] };
  readonly runs: readonly RunReport[];
  /** What fails, once per product and cause, last failure first. */
  readonly errors: readonly ErrorReport[];
  /** What was odd about answers that were taken, once per product and kind, last seen first. */
  readonly oddities: readonly OddityReport[];
}

export interface QueueReport {
  /** Days that wait for their turn, and days that a request is under way for. */
  readonly due: number;
  readonly leased: number;
  readonly failing: number;
}

export interface FreshnessReport {
  readonly days: number;
  /** Confirmed and not older than their tier promises. */
  readonly fresh: number;
  readonly stale: number;
  readonly neverFetched: number;
  /** fresh / days, rounded down: 1 means all; null where there are none. */
  readonly share: number | null;
  /** The oldest confirmation among them. */
  readonly oldestAsOf: string | null;
}

export interface TierReport extends FreshnessReport {
  /** It holds for the days less than this many days ahead that no nearer tier holds for. */
  readonly withinDays: number;
  readonly maxAgeSeconds: number;
}

type Counts = Pick<DateCount, 'days' | 'fresh' | 'neverConfirmed' | 'oldestConfirmedAt'>;

/** Adds up counts by date to one report. */
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
