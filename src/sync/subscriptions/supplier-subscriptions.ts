import { Injectable, Logger } from '@nestjs/common';
import { AuditTrail, SCHEDULE } from '../../audit/index.js';
import { ServerSettings } from '../../config/index.js';
import { PrismaService } from '../../prisma/index.js';
import { PerSupplier, Suppliers } from '../../supplier/index.js';
import { Clock, Every } from '../../time/index.js';
import { SupplierBudgets } from '../budget/supplier-budgets.js';
import { SyncControl } from '../pause/sync-control.js';
import { hintAddress } from './hint-address.js';
import { SubscriptionRows } from './subscription-rows.js';
import { SupplierSubscription } from './supplier-subscription.js';

/** The subscription to the notifications of each supplier. */
@Injectable()
export class SupplierSubscriptions extends PerSupplier<SupplierSubscription> {
  private readonly logger = new Logger('Sync');
  private startedAt: Date | undefined;

  constructor(
    private readonly suppliers: Suppliers,
    budgets: SupplierBudgets,
    private readonly rows: SubscriptionRows,
    private readonly prisma: PrismaService,
    control: SyncControl,
    private readonly audit: AuditTrail,
    { publicUrl }: ServerSettings,
    private readonly clock: Clock,
  ) {
    super(suppliers, (supplier) => {
      const address = hintAddress(publicUrl, supplier.settings);
      const needs = { rows, prisma, control, audit, clock };
      return new SupplierSubscription(supplier, address, budgets.of(supplier.name), needs);
    });
  }

  /** Another replica may have done something, or the time of a check has come. */
  @Every({ periods: ['5s'], what: 'looking at the subscriptions to notifications' })
  async look(): Promise<void> {
    this.startedAt ??= this.clock.now();
    for (const subscription of this.all) await subscription.look();
    await this.dropOthers(this.startedAt);
  }

  /**
   * The key of a supplier that is not configured any more is gone, so its subscription can't be deleted. One that was made after the
   * start of this process is of a process that knows the supplier: a newer one, while it replaces this one.
   */
  private async dropOthers(startedAt: Date): Promise<void> {
    const dropped = await this.prisma.inTransaction(async (sql) => {
      const rows = await this.rows.dropOthers(sql, this.suppliers.names, startedAt);
      for (const { name, id } of rows) {
        const detail = { supplier: name, subscription: id, leftAtSupplier: true };
        await this.audit.record(SCHEDULE, { action: 'supplier.unsubscribe', detail }, sql);
      }
      return rows;
    });
    for (const { name, id } of dropped) {
      this.logger.warn(
        `The supplier ${name} is not configured any more, and still has the subscription ${id} to its notifications. ` +
          'Ask it to delete the subscription.',
      );
    }
  }
}
