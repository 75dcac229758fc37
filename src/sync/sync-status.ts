import { Injectable } from '@nestjs/common';
import { MirrorSettings, SupplierSettings, type Tier } from '../config/index.js';
import { DayReader, type DateCount, type FailingDay } from '../inventory/index.js';
import { Clock, daysBetween, fromDatabaseDate } from '../time/index.js';
import { budgetReport, type BudgetReport } from './budget-report.js';
import { Capacity } from './capacity.js';
import { Deadlines } from './deadlines.js';
import { tierOf } from './policy/deadline.js';
import {
  freshnessReport,
  queueReport,
  tierReports,
  type ErrorReport,
  type SyncState,
  type SyncStatus,
} from './status-report.js';
import { SupplierBudget, type BudgetState } from './supplier-budget.js';
import { SyncControl, type ControlState } from './sync-control.js';
import { runReport } from './run-report.js';
import { SyncRuns } from './sync-runs.js';

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
    private readonly capacity: Capacity,
    private readonly mirror: MirrorSettings,
    private readonly supplier: SupplierSettings,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<SyncStatus> {
    const now = this.clock.now();
    const [control, budget, counts, runs, failing, plan] = await Promise.all([
      this.control.state(),
      this.budget.state(),
      this.counts(now),
      this.runs.last(RUNS),
      this.days.failing(ERRORS),
      this.capacity.report(),
    ]);
    return {
      ...this.stateReport(control, budget, now),
      queue: queueReport(counts),
      policy: this.mirror.policy,
      plan,
      freshness: {
        ...freshnessReport(counts),
        tiers: tierReports(this.mirror.tiers, counts, (count) => this.tier(count)),
      },
      runs: runs.map(runReport),
      errors: failing.map(errorReport),
    };
  }

  /** What can be told without counting days. */
  async state(): Promise<SyncState> {
    const [control, budget] = await Promise.all([this.control.state(), this.budget.state()]);
    return this.stateReport(control, budget, this.clock.now());
  }

  private stateReport(control: ControlState, state: BudgetState | null, now: Date): SyncState {
    const budget = budgetReport(state, this.supplier.requestsPerMinute, now);
    return {
      state: control.pausedAt ? 'paused' : stateOf(budget),
      since: control.since.toISOString(),
      pausedAt: control.pausedAt?.toISOString() ?? null,
      pausedBy: control.pausedBy,
      reason: control.reason,
      pausedUntil: control.pausedUntil?.toISOString() ?? null,
      budget,
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

function stateOf({ circuit, blockedUntil }: BudgetReport): SyncStatus['state'] {
  if (circuit.state !== 'closed') return 'outage';
  return blockedUntil === null ? 'running' : 'refused';
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
