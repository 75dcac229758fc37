import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MirrorSettings, SupplierSettings, type Tier } from '../../config/index.js';
import type { DateCount } from './sql/count-days.js';
import { DayFigures } from './day-figures.js';
import { isDatabaseFailure, ReadDatabase } from '../../prisma/index.js';
import { addDays, Clock, daysBetween, fromDatabaseDate, localDateAt } from '../../time/index.js';
import { budgetReport } from '../budget/budget-report.js';
import { Capacity } from '../capacity/capacity.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { tierOf } from '../schedule/max-age.js';
import { budgetUse } from './budget-use.js';
import { freshnessReport, queueReport, tierReports } from './status-report.js';
import type { SyncState, SyncStatus } from './status.shape.js';
import { LearnedRates } from '../rates/learned-rates.js';
import { ProductHealth } from '../fetch/product-health.js';
import { notRecordingReport, stateReport, type StateFacts, type StateReport } from './state-report.js';
import { Recording } from './recording.js';
import { SupplierBudget } from '../budget/supplier-budget.js';
import { SyncControl } from '../pause/sync-control.js';
import { errorReport, oddityReport } from './trouble-report.js';
import { runReport } from './run-report.js';
import { SyncRuns } from './sync-runs.js';

const RUNS = 10;
const ERRORS = 50;
/** How long the status reports that stored instants were corrected. */
const CLAMP_TOLD_MS = 86_400_000;

/**
 * Builds the status from the tables, so that every replica answers the same. While the database is unreachable, it reports
 * that together with the last known status.
 */
@Injectable()
export class SyncStatusReader implements OnApplicationBootstrap {
  private counting: Promise<DateCount[]> | undefined;
  private lastStatus: SyncStatus | undefined;
  private lastState: SyncState | undefined;

  constructor(
    private readonly control: SyncControl,
    private readonly budget: SupplierBudget,
    private readonly products: ProductHealth,
    private readonly rates: LearnedRates,
    private readonly recording: Recording,
    private readonly reads: ReadDatabase,
    private readonly days: DayFigures,
    private readonly runs: SyncRuns,
    private readonly window: MirrorWindow,
    private readonly capacity: Capacity,
    private readonly mirror: MirrorSettings,
    private readonly supplier: SupplierSettings,
    private readonly clock: Clock,
  ) {}

  /** Reads a first status, in case the database becomes unreachable before the first request. The start does not wait for it. */
  onApplicationBootstrap(): void {
    void this.read().catch(() => undefined);
  }

  async read(): Promise<SyncStatus> {
    try {
      return (this.lastStatus = await this.readNow());
    } catch (error) {
      if (!this.lastStatus || !isDatabaseFailure(error)) throw error;
      return { ...this.lastStatus, ...this.withoutDatabase(error) };
    }
  }

  /** The part of the status that needs no count of days. */
  async state(): Promise<SyncState> {
    try {
      return await this.stateNow();
    } catch (error) {
      if (!this.lastState || !isDatabaseFailure(error)) throw error;
      return { ...this.lastState, ...this.withoutDatabase(error) };
    }
  }

  private async readNow(): Promise<SyncStatus> {
    const now = this.clock.now();
    // No zone's today differs by more than a day from that of UTC.
    const from = addDays(localDateAt(now, 'UTC'), -1);
    const [state, counts, runs, failing, odd, plan] = await Promise.all([
      this.stateNow(),
      this.counts(now),
      this.runs.last(RUNS),
      this.days.failingProducts(ERRORS),
      this.days.oddProducts(from, ERRORS),
      this.capacity.report(),
    ]);
    return {
      ...state,
      asOf: now.toISOString(),
      queue: queueReport(counts),
      policy: 'value',
      plan,
      freshness: {
        ...freshnessReport(counts),
        tiers: tierReports(this.mirror.tiers, counts, (count) => this.tier(count)),
      },
      runs: runs.map(runReport),
      errors: failing.map((product) => errorReport(product, state.nextAttemptAt)),
      oddities: odd.map(oddityReport),
    };
  }

  private async stateNow(): Promise<SyncState> {
    const [control, budget, held] = await Promise.all([
      this.control.state(),
      this.budget.state(),
      this.products.held(),
    ]);
    const now = this.clock.now();
    const report = budgetReport(budget, this.supplier.requestsPerMinute, now);
    return (this.lastState = this.stateOf({
      control,
      budget,
      report,
      held,
      recording: this.recording.trouble,
      recordedAgainAt: this.recording.workedAgainAt,
      experiences: this.rates.experiences,
      now,
    }));
  }

  private withoutDatabase(error: unknown): Pick<SyncState, keyof StateReport | 'readReplica'> {
    const report = notRecordingReport(this.recording.trouble ?? this.recording.troubleOf(error));
    return { ...report, since: report.since.toISOString(), readReplica: this.reads.replicaReport };
  }

  private stateOf(facts: StateFacts): SyncState {
    const { control, report, now } = facts;
    const { state, since, cause, nextAttemptAt } = stateReport(facts);
    const { clamped, clampedAt } = control;
    const isRecent = clampedAt !== null && now.getTime() - clampedAt.getTime() < CLAMP_TOLD_MS;
    return {
      ...{ state, since: since.toISOString(), cause, nextAttemptAt },
      pausedAt: control.pausedAt?.toISOString() ?? null,
      pausedBy: control.pausedBy,
      reason: control.reason,
      pausedUntil: control.pausedUntil?.toISOString() ?? null,
      budget: report,
      budgetUse: budgetUse(report, state, this.mirror.minValue, now),
      readReplica: this.reads.replicaReport,
      clock: isRecent ? { at: clampedAt.toISOString(), text: clamped ?? '' } : null,
    };
  }

  /** Only one count runs at a time, shared by concurrent callers, because it reads the whole table. */
  private counts(now: Date): Promise<DateCount[]> {
    this.counting ??= this.days.counts(now).finally(() => (this.counting = undefined));
    return this.counting;
  }

  private tier(count: DateCount): Tier | undefined {
    return tierOf(daysBetween(this.window.today(count.timeZone), fromDatabaseDate(count.date)), this.mirror.tiers);
  }
}
