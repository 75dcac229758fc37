import { Injectable } from '@nestjs/common';
import { MirrorSettings, ServerSettings } from '../../config/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Suppliers, type Supplier } from '../../supplier/index.js';
import { Clock } from '../../time/index.js';
import { budgetReport } from '../budget/budget-report.js';
import type { BudgetState } from '../budget/supplier-budget.js';
import { SupplierBudgets } from '../budget/supplier-budgets.js';
import type { HeldProducts } from '../fetch/product-health.js';
import { SupplierHealth } from '../fetch/supplier-health.js';
import type { ControlState } from '../pause/sync-control.js';
import { SupplierPauses, type SupplierPause } from '../pause/supplier-pauses.js';
import { SupplierRates } from '../rates/supplier-rates.js';
import { subscriptionReport } from '../subscriptions/subscription-report.js';
import { SubscriptionRows, type StoredSubscription } from '../subscriptions/subscription-rows.js';
import { budgetUse } from './budget-use.js';
import { Recording } from './recording.js';
import { hasWaitingDays } from './sql/has-waiting-days.js';
import { stateReport } from './state-report.js';
import { tierInForce } from './status-report.js';
import type { SupplierState } from './status.shape.js';

/** What the tables have about a supplier at an instant. */
interface KnownSupplier {
  readonly supplier: Supplier;
  readonly now: Date;
  readonly pause: SupplierPause | undefined;
  readonly budget: BudgetState | null;
  readonly held: readonly HeldProducts[];
  readonly subscription: StoredSubscription;
  readonly daysWait: boolean;
}

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

  /** In the order of the configuration. */
  async read(): Promise<KnownSupplier[]> {
    const now = this.clock.now();
    const [pauses, known] = await Promise.all([
      this.pauses.states(),
      Promise.all(this.suppliers.all.map((supplier) => this.readOne(supplier, now))),
    ]);
    return known.map((each) => ({ ...each, pause: pauses.get(each.supplier.name) }));
  }

  /** @param whole the pause of the whole sync */
  report(known: KnownSupplier, whole: ControlState): SupplierState {
    const { supplier, now, pause, budget, held, subscription, daysWait } = known;
    const { name, settings, client } = supplier;
    const control = pauseOf(whole, pause);
    const report = budgetReport(budget, settings.requestsPerMinute, now);
    const { state, since, cause, nextAttemptAt } = stateReport({
      ...{ control, budget, report, held, now },
      recording: this.recording.troubleOf(name),
      recordedAgainAt: this.recording.workedAgainAt(name),
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
        ...{ known: subscription, publicUrl: this.server.publicUrl },
        supported: client.notifications !== null,
        hasSecret: settings.notificationSecret !== null,
      }),
    };
  }

  private async readOne(supplier: Supplier, now: Date): Promise<Omit<KnownSupplier, 'pause'>> {
    const { name } = supplier;
    const [budget, held, subscription, daysWait] = await Promise.all([
      this.budgets.of(name).state(),
      this.health.of(name).held(),
      this.subscriptions.read(name, this.prisma.reports),
      hasWaitingDays(this.prisma.reports, name, now),
    ]);
    return { supplier, now, budget, held, subscription, daysWait };
  }
}

/** The pause of the whole sync, else that of the supplier. */
function pauseOf(control: ControlState, own: SupplierPause | undefined): ControlState {
  if (control.pausedAt !== null || !own) return control;
  const { pausedAt, pausedBy, pauseReason: reason, pausedUntil } = own;
  const since = new Date(Math.max(control.since.getTime(), own.since?.getTime() ?? 0));
  return { ...control, pausedAt, pausedBy, reason, pausedUntil, since };
}
