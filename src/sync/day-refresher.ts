import { Injectable, Logger } from '@nestjs/common';
import { dayDocument, DayRepository, type ClaimedDay, type DayDocument, type Recorded } from '../inventory/index.js';
import { SupplierClient, SupplierFailure, SupplierRefusal } from '../supplier/index.js';
import { Clock } from '../time/index.js';
import { Deadlines } from './deadlines.js';
import { Instance } from './instance.js';
import { Lessons } from './lessons.js';
import { SupplierBudget, type Recovery } from './supplier-budget.js';
import { Turns } from './turns.js';

/** What became of one request. */
export type Outcome = Recorded | 'failed' | 'refused';

/** Asks for one claimed day, records what came back, and learns from it. */
@Injectable()
export class DayRefresher {
  private readonly logger = new Logger('Sync');

  constructor(
    private readonly supplier: SupplierClient,
    private readonly days: DayRepository,
    private readonly budget: SupplierBudget,
    private readonly deadlines: Deadlines,
    private readonly turns: Turns,
    private readonly lessons: Lessons,
    private readonly instance: Instance,
    private readonly clock: Clock,
  ) {}

  /** @throws only when the database fails: the lease then runs out, and the day is asked for again */
  async refresh(day: ClaimedDay): Promise<Outcome> {
    const sentAt = this.clock.now();
    try {
      const { slots, quota } = await this.supplier.fetchDay(day);
      const outcome = await this.record(day, dayDocument(slots), sentAt);
      await this.recover(await this.budget.answered(quota, day.experienceId));
      return outcome;
    } catch (error) {
      if (error instanceof SupplierRefusal) return this.refused(day, error);
      if (error instanceof SupplierFailure) return this.failed(day, error);
      throw error;
    }
  }

  private async record(day: ClaimedDay, answer: DayDocument, sentAt: Date): Promise<Recorded> {
    const { fingerprint, lastStart } = answer;
    const at = {
      ...this.deadlines.afterConfirmation(day, sentAt, lastStart),
      confirmedAt: sentAt,
      by: this.instance.id,
      place: this.turns.of({ ...day, confirmedAt: sentAt, fingerprint, lastStart }),
    };
    const doubt = { seenAt: sentAt, dueAt: this.deadlines.afterDoubt(day) };
    const { outcome, difference } = await this.days.record(day, answer, at, doubt);
    const confirmed = outcome === 'unchanged' || outcome === 'changed';
    if (confirmed) await this.lessons.confirmed(day, sentAt, difference);
    return outcome;
  }

  private async refused(day: ClaimedDay, refusal: SupplierRefusal): Promise<Outcome> {
    this.logger.warn(`the supplier refused: nothing is asked until ${refusal.until.toISOString()}`);
    await this.budget.refused(refusal.until);
    await this.days.release(day, this.instance.id);
    return 'refused';
  }

  private async failed(day: ClaimedDay, failure: SupplierFailure): Promise<Outcome> {
    this.logger.warn(`experience ${day.experienceId} on ${day.date}: ${failure.message}`);
    // First of all, so that what fails in an outage does not fail before the outage begins.
    const recovery = await this.budget.failed(failure.kind, day.experienceId);
    await this.days.postpone(day, this.instance.id, {
      error: failure.message.slice(0, 500),
      failedAt: this.clock.now(),
      dueAt: this.deadlines.afterFailure(day, day.attempts + 1),
    });
    await this.recover(recovery);
    return 'failed';
  }

  /** After an outage, what failed in it need not wait out its own backoff. */
  private async recover({ recoveredSince }: Recovery): Promise<void> {
    if (recoveredSince) await this.days.hasten(recoveredSince, this.clock.now());
  }
}
