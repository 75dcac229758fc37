import { Injectable, Logger } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { DayRepository } from '../../inventory/index.js';
import { addDays, Clock, earliestToday, LoggedLately } from '../../time/index.js';
import { DayQueue } from '../schedule/day-queue.js';
import type { DayBounds } from '../schedule/sql/clamp-days.js';
import { DueTimes } from '../schedule/due-times.js';
import { PlanKey } from '../schedule/plan-key.js';
import { Instance } from './instance.js';
import { SupplierRates } from '../rates/supplier-rates.js';
import { LONGEST_BACKOFF_MS } from '../schedule/backoff.js';
import { CLOCK_TOLERANCE_MS } from '../budget/corrected-instants.js';
import { firstDueAt } from '../schedule/max-age.js';
import { SupplierHealth } from './supplier-health.js';
import { SyncControl } from '../pause/sync-control.js';
import { SupplierTiers } from '../window/supplier-tiers.js';

const BEYOND_ANY_TIER_MS = 366 * 86_400_000;

/**
 * Corrects stored instants that lie further ahead than any rule sets them, because a clock was ahead or a backup was restored.
 * Otherwise no request would be sent until then, and served data would seem confirmed in the future. Each claim checks the
 * budget's row and the leases. This class checks the rest, at the start and once a minute.
 */
@Injectable()
export class StoredInstants {
  private readonly logger = new Logger('Sync');
  private readonly lately = new LoggedLately();

  constructor(
    private readonly days: DayRepository,
    private readonly queue: DayQueue,
    private readonly planKey: PlanKey,
    private readonly products: SupplierHealth,
    private readonly rates: SupplierRates,
    private readonly control: SyncControl,
    private readonly dueTimes: DueTimes,
    private readonly instance: Instance,
    private readonly settings: MirrorSettings,
    private readonly tiers: SupplierTiers,
    private readonly clock: Clock,
  ) {}

  async setRight(): Promise<void> {
    const now = this.clock.now();
    const past = new Date(now.getTime() + CLOCK_TOLERANCE_MS);
    const due = new Date(past.getTime() + (await this.longestWaitMs(now)));
    // A date before this one lies within the window of every zone.
    const windowEnd = addDays(earliestToday(now), this.settings.windowDays - 1);
    const bounds = { now, past, leased: this.instance.longestLease(now), due, windowEnd };
    const days = (await this.queue.isAhead(bounds)) ? await this.setDaysRight(bounds) : 0;
    let products = 0;
    for (const each of this.products.all) products += await each.clamp();
    // Not counted: learned rates affect when days are fetched, but nothing that is served.
    for (const { rates } of this.rates.all) await rates.clamp(past);
    if (days + products > 0) await this.note(days);
  }

  private async setDaysRight(bounds: DayBounds): Promise<number> {
    // The schedule first, because its correction depends on the uncorrected confirmations.
    const scheduled = await this.queue.clamp(bounds);
    return Math.max(scheduled, await this.days.clamp(bounds.now, bounds.past));
  }

  /** The budget's row was corrected. */
  async noteBudgetClamp(): Promise<void> {
    await this.control.noteClamp('The stored budget had instants that lie too far in the future: they were corrected.');
  }

  /** Notes that the clocks of this machine and the database differ. @param aheadMs milliseconds; negative: this one is behind */
  async noteMachineClock(aheadMs: number): Promise<void> {
    if (Math.abs(aheadMs) < CLOCK_TOLERANCE_MS || !this.lately.isNew('machine', this.clock.now())) return;
    const seconds = Math.round(Math.abs(aheadMs) / 1_000);
    const text =
      `The clock of a machine that runs Slotmirror is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the database's, ` +
      'which is used. Served data are not affected. Set both clocks by NTP.';
    this.logger.warn(text);
    await this.control.noteClamp(text);
  }

  private async note(days: number): Promise<void> {
    const text =
      `Instants were stored that lie in the future (a clock ran ahead, or a backup was restored): ${days} days are ` +
      'fetched again. Check the clocks of the machines that run Slotmirror and its database.';
    this.logger.warn(text);
    await this.control.noteClamp(text);
  }

  /** The longest time until a day is due. If the tiers were changed, days may be due later until they are replanned. */
  private async longestWaitMs(now: Date): Promise<number> {
    if ((await this.planKey.read()) !== this.dueTimes.key) return BEYOND_ANY_TIER_MS;
    const first = firstDueAt(now, this.settings.windowDays).getTime() - now.getTime();
    return Math.max(LONGEST_BACKOFF_MS, first, this.tiers.longestMs);
  }
}
