import { Injectable } from '@nestjs/common';
import { MirrorSettings, ServerSettings } from '../../config/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Suppliers, type Supplier } from '../../supplier/index.js';
import { Clock } from '../../time/index.js';
import { budgetReport } from '../budget/budget-report.js';
import { SupplierBudgets } from '../budget/supplier-budgets.js';
import { SupplierHealth } from '../fetch/supplier-health.js';
import type { ControlState } from '../pause/sync-control.js';
import { SupplierPauses, type SupplierPause } from '../pause/supplier-pauses.js';
import { SupplierRates } from '../rates/supplier-rates.js';
import { subscriptionReport } from '../subscriptions/subscription-report.js';
import { SubscriptionRows } from '../subscriptions/subscription-rows.js';
import { budgetUse } from './budget-use.js';
import { Recording } from './recording.js';
import { hasWaitingDays } from './sql/has-waiting-days.js';
import { stateReport } from './state-report.js';
import { tierInForce } from './status-report.js';
import type { SupplierState } from './status.shape.js';

/** The state of each supplier, from the tables, so that every replica answers the same. */
@Injectable()
export class SupplierStates {
  constructor(
    private readonly prisma: PrismaService,
    private readonly suppliers: Suppliers,
    private readonly budgets: SupplierBudgets,
    private readonly health: SupplierHealth,
    private readonly rates: SupplierRates,
    private readonly pauses: SupplierPauses,
    private readonly subscriptions: SubscriptionRows,
    private readonly recording: Recording,
    private readonly server: ServerSettings,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  /** In the order of the configuration. @param control the pause of the whole sync */
  async read(control: ControlState): Promise<SupplierState[]> {
    const pauses = await this.pauses.states();
    return Promise.all(
      this.suppliers.all.map((supplier) => this.stateOf(supplier, control, pauses.get(supplier.name))),
    );
  }

  private async stateOf(
    { name, settings, client }: Supplier,
    whole: ControlState,
    own: SupplierPause | undefined,
  ): Promise<SupplierState> {
    const control = pauseOf(whole, own);
    const now = this.clock.now();
    const [budget, held, known, daysWait] = await Promise.all([
      this.budgets.of(name).state(),
      this.health.of(name).held(),
      this.subscriptions.read(name),
      hasWaitingDays(this.prisma, name, now),
    ]);
    const report = budgetReport(budget, settings.requestsPerMinute, now);
    const { state, since, cause, nextAttemptAt } = stateReport({
      ...{ control, budget, report, held, now },
      recording: this.recording.trouble,
      recordedAgainAt: this.recording.workedAgainAt,
      experiences: this.rates.of(name).rates.experiences,
    });
    return {
      ...{
        name,
        api: settings.api,
        tiers: settings.tiers.map(tierInForce),
        state,
        since: since.toISOString(),
        cause,
        nextAttemptAt,
      },
      pausedAt: control.pausedAt?.toISOString() ?? null,
      pausedBy: control.pausedBy,
      pauseScope: whole.pausedAt !== null ? 'sync' : control.pausedAt !== null ? 'supplier' : null,
      reason: control.reason,
      pausedUntil: control.pausedUntil?.toISOString() ?? null,
      budget: report,
      budgetUse: budgetUse(report, { state, minValue: this.settings.minValue, daysWait, now }),
      notifications: subscriptionReport({
        ...{ known, publicUrl: this.server.publicUrl },
        supported: client.notifications !== null,
        hasSecret: settings.notificationSecret !== null,
      }),
    };
  }
}

/** The pause of the whole sync, else that of the supplier. */
function pauseOf(control: ControlState, own: SupplierPause | undefined): ControlState {
  if (control.pausedAt !== null || !own) return control;
  const { pausedAt, pausedBy, pauseReason: reason, pausedUntil } = own;
  const since = new Date(Math.max(control.since.getTime(), own.since?.getTime() ?? 0));
  return { ...control, pausedAt, pausedBy, reason, pausedUntil, since };
}
