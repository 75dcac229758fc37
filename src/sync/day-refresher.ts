import { Injectable, Logger } from '@nestjs/common';
import { dayDocument, DayRepository, type ClaimedDay, type Recorded } from '../inventory/index.js';
import { SupplierClient, SupplierFailure, SupplierRefusal } from '../supplier/index.js';
import { Clock } from '../time/index.js';
import { Deadlines } from './deadlines.js';
import { Instance } from './instance.js';
import { SupplierBudget } from './supplier-budget.js';

/** What became of one request. */
export type Outcome = Recorded | 'failed' | 'refused';

/** Asks for one claimed day and records what came back. */
@Injectable()
export class DayRefresher {
  private readonly logger = new Logger('Sync');

  constructor(
    private readonly supplier: SupplierClient,
    private readonly days: DayRepository,
    private readonly budget: SupplierBudget,
    private readonly deadlines: Deadlines,
    private readonly instance: Instance,
    private readonly clock: Clock,
  ) {}

  /** @throws only when the database fails: the lease then runs out, and the day is asked for again */
  async refresh(day: ClaimedDay): Promise<Outcome> {
    const sentAt = this.clock.now();
    try {
      const answer = dayDocument(await this.supplier.fetchDay(day));
      const at = { ...this.deadlines.afterConfirmation(day, sentAt), confirmedAt: sentAt, by: this.instance.id };
      return await this.days.record(day, answer, at, { seenAt: sentAt, dueAt: this.deadlines.afterDoubt(day) });
    } catch (error) {
      if (error instanceof SupplierRefusal) return this.refused(day, error);
      if (error instanceof SupplierFailure) return this.failed(day, error);
      throw error;
    }
  }

  private async refused(day: ClaimedDay, refusal: SupplierRefusal): Promise<Outcome> {
    this.logger.warn(`the supplier refused: nothing is asked until ${refusal.until.toISOString()}`);
    await this.budget.block(refusal.until);
    await this.days.release(day, this.instance.id);
    return 'refused';
  }

  private async failed(day: ClaimedDay, failure: SupplierFailure): Promise<Outcome> {
    this.logger.warn(`experience ${day.experienceId} on ${day.date}: ${failure.message}`);
    await this.days.postpone(day, this.instance.id, {
      error: failure.message.slice(0, 500),
      failedAt: this.clock.now(),
      dueAt: this.deadlines.afterFailure(day, day.attempts + 1),
    });
    return 'failed';
  }
}
