import { Injectable } from '@nestjs/common';
import { MirrorSettings, SupplierSettings, type Tier } from '../config/index.js';
import { DayReader, type DateCount, type FailingDay } from '../inventory/index.js';
import { Clock, daysBetween, fromDatabaseDate } from '../time/index.js';
import { Deadlines } from './deadlines.js';
import { tierOf } from './policy/deadline.js';
import {
  freshnessReport,
  queueReport,
  tierReports,
  type BudgetReport,
  type ErrorReport,
  type RunReport,
  type SyncStatus,
} from './status-report.js';
import { SupplierBudget, type BudgetState } from './supplier-budget.js';
import { SyncControl } from './sync-control.js';
import { SyncRuns, type RunEntry } from './sync-runs.js';

const RUNS = 10;
const ERRORS = 10;

/** Puts the status together from what the tables say, so that every replica answers the same. */
@Injectable()
export class SyncStatusReader {
  private counting: Promise<DateCount[]> | undefined;

  constructor(
    private readonly control: SyncControl,
    private readonly budget: SupplierBudget,
    private readonly days: DayReader,
    private readonly runs: SyncRuns,
    private readonly deadlines: Deadlines,
    private readonly mirror: MirrorSettings,
    private readonly supplier: SupplierSettings,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<SyncStatus> {
    const now = this.clock.now();
    const [control, budget, counts, runs, failing] = await Promise.all([
      this.control.state(),
      this.budget.state(),
      this.counts(now),
      this.runs.last(RUNS),
      this.days.failing(ERRORS),
    ]);
    const refused = budget?.blockedUntil != null && budget.blockedUntil > now;
    return {
      state: control.pausedAt ? 'paused' : refused ? 'refused' : 'running',
      since: control.since.toISOString(),
      pausedAt: control.pausedAt?.toISOString() ?? null,
      pausedBy: control.pausedBy,
      reason: control.reason,
      budget: budgetReport(budget, this.supplier.requestsPerMinute, now),
      queue: queueReport(counts),
      freshness: {
        ...freshnessReport(counts),
        tiers: tierReports(this.mirror.tiers, counts, (count) => this.tier(count)),
      },
      runs: runs.map(runReport),
      errors: failing.map(errorReport),
    };
  }

  /** One count at a time, shared by whoever asks meanwhile: it reads the whole table. */
  private counts(now: Date): Promise<DateCount[]> {
    this.counting ??= this.days.counts(now).finally(() => (this.counting = undefined));
    return this.counting;
  }

  private tier(count: DateCount): Tier | undefined {
    return tierOf(daysBetween(this.deadlines.today(count.timeZone), fromDatabaseDate(count.date)), this.mirror.tiers);
  }
}

const MINUTE_MS = 60_000;

function budgetReport(state: BudgetState | null, requestsPerMinute: number, now: Date): BudgetReport {
  const minutesAgo = state
    ? Math.floor(now.getTime() / MINUTE_MS) - Math.floor(state.minute.getTime() / MINUTE_MS)
    : Infinity;
  const blocked = state?.blockedUntil && state.blockedUntil > now ? state.blockedUntil : null;
  return {
    requestsPerMinute,
    usedThisMinute: minutesAgo === 0 ? (state?.granted ?? 0) : 0,
    usedLastMinute: minutesAgo === 0 ? (state?.grantedBefore ?? 0) : minutesAgo === 1 ? (state?.granted ?? 0) : 0,
    nextAt: state ? new Date(state.nextAtMs).toISOString() : null,
    blockedUntil: blocked?.toISOString() ?? null,
  };
}

function runReport({
  instance,
  startedAt,
  finishedAt,
  requested,
  changed,
  unchanged,
  failed,
  refused,
}: RunEntry): RunReport {
  return {
    instance,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    requested,
    changed,
    unchanged,
    failed,
    refused,
  };
}

function errorReport(day: FailingDay): ErrorReport {
  return {
    experienceId: day.experienceId,
    date: fromDatabaseDate(day.date),
    attempts: day.attempts,
    error: day.lastError,
    failedAt: day.failedAt.toISOString(),
    retryAt: day.dueAt?.toISOString() ?? null,
  };
}
