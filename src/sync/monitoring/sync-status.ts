import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { DateCount } from './sql/count-days.js';
import { DayFigures } from './day-figures.js';
import { DayTally } from './day-tally.js';
import { isDatabaseFailure, ReadDatabase } from '../../prisma/index.js';
import { Webhooks } from '../../webhooks/index.js';
import { Clock, daysBetween, earliestToday, fromDatabaseDate } from '../../time/index.js';
import { SupplierCapacities } from '../capacity/supplier-capacities.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { SupplierTiers } from '../window/supplier-tiers.js';
import { tierOf } from '../schedule/max-age.js';
import { freshnessReport, queueReport, tierReports, type TierCount } from './status-report.js';
import type { SupplierState, SyncState, SyncStatus } from './status.shape.js';
import { notRecordingReport, type StateReport } from './state-report.js';
import { capacitySum, worstState } from './sum-of-suppliers.js';
import { SupplierStates } from './supplier-states.js';
import { Recording } from './recording.js';
import { SyncControl, type ControlState } from '../pause/sync-control.js';
import { supplierFigures } from './supplier-figures.js';
import { errorReport, oddityReport } from './trouble-report.js';
import { runReport } from './run-report.js';
import { SyncRuns } from './sync-runs.js';

const RUNS = 10;
const ERRORS = 50;
/** How long the status reports that stored instants were corrected. */
const CLAMP_REPORTED_MS = 86_400_000;

/**
 * Builds the status from the tables, so that every replica answers the same. While the database is unreachable, it reports
 * that together with the last known status.
 */
@Injectable()
export class SyncStatusReader implements OnApplicationBootstrap {
  private lastStatus: SyncStatus | undefined;
  private lastState: SyncState | undefined;

  constructor(
    private readonly control: SyncControl,
    private readonly suppliers: SupplierStates,
    private readonly recording: Recording,
    private readonly reads: ReadDatabase,
    private readonly days: DayFigures,
    private readonly tally: DayTally,
    private readonly runs: SyncRuns,
    private readonly window: MirrorWindow,
    private readonly capacities: SupplierCapacities,
    private readonly webhooks: Webhooks,
    private readonly tiers: SupplierTiers,
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
      return { ...this.lastStatus, ...this.withoutDatabase(error, this.lastStatus) };
    }
  }

  /** The part of the status that needs no count of days. */
  async state(): Promise<SyncState> {
    try {
      return await this.stateNow();
    } catch (error) {
      if (!this.lastState || !isDatabaseFailure(error)) throw error;
      return { ...this.lastState, ...this.withoutDatabase(error, this.lastState) };
    }
  }

  private async readNow(): Promise<SyncStatus> {
    const now = this.clock.now();
    const [state, counts, products, runs, failing, odd, webhooks] = await Promise.all([
      this.stateNow(),
      this.tally.counts(),
      this.days.products(now),
      this.runs.last(RUNS),
      this.days.failingProducts(now, ERRORS),
      this.days.oddProducts(earliestToday(now), ERRORS),
      this.webhooks.counts(),
    ]);
    const dates = this.withTiers(counts);
    const plans = await Promise.all(state.suppliers.map(({ name }) => this.capacities.of(name).report()));
    const nextOf = new Map(state.suppliers.map(({ name, nextAttemptAt }) => [name, nextAttemptAt]));
    return {
      ...state,
      suppliers: state.suppliers.map((supplier, i) => ({
        ...supplier,
        ...supplierFigures(supplier.name, this.tiers.of(supplier.name), dates, products, plans[i]),
      })),
      asOf: now.toISOString(),
      queue: queueReport(counts),
      policy: 'value',
      plan: capacitySum(plans),
      freshness: {
        ...freshnessReport(counts),
        tiers: tierReports(
          this.tiers.groups(counts.map(({ supplier }) => supplier)).flatMap(({ tiers }) => tiers),
          dates,
        ),
      },
      webhooks,
      runs: runs.map(runReport),
      errors: failing.map((product) => errorReport(product, nextOf.get(product.supplier) ?? null)),
      oddities: odd.map(oddityReport),
    };
  }

  private async stateNow(): Promise<SyncState> {
    const [control, known] = await Promise.all([this.control.state(), this.suppliers.read()]);
    const suppliers = known.map((supplier) => this.suppliers.report(supplier, control));
    return (this.lastState = {
      ...worstState(suppliers),
      suppliers,
      readReplica: this.reads.replicaReport,
      clock: this.clockReport(control),
    });
  }

  private withoutDatabase<T extends SupplierState>(
    error: unknown,
    { suppliers }: { readonly suppliers: readonly T[] },
  ): Pick<SyncState, keyof StateReport | 'readReplica'> & { readonly suppliers: T[] } {
    const { since, ...report } = notRecordingReport(this.recording.troubleBy(error));
    const present = { ...report, since: since.toISOString() };
    return {
      ...present,
      suppliers: suppliers.map((supplier) => ({ ...supplier, ...present })),
      readReplica: this.reads.replicaReport,
    };
  }

  private clockReport({ clamped, clampedAt }: ControlState): SyncState['clock'] {
    const isRecent = clampedAt !== null && this.clock.now().getTime() - clampedAt.getTime() < CLAMP_REPORTED_MS;
    return isRecent ? { at: clampedAt.toISOString(), text: clamped ?? '' } : null;
  }

  /** The counts with the tiers of their suppliers. */
  private withTiers(counts: readonly DateCount[]): TierCount[] {
    return counts.map((count) => {
      const lead = daysBetween(this.window.today(count.timeZone), fromDatabaseDate(count.date));
      return { count, tier: tierOf(lead, this.tiers.of(count.supplier)) };
    });
  }
}
