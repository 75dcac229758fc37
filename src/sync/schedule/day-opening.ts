import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { Catalogue } from '../../experience/index.js';
import { DayEvents, DayRepository } from '../../inventory/index.js';
import { addDays, Clock, type LocalDate } from '../../time/index.js';
import { SettingsReplan } from './settings-replan.js';
import { DayQueue } from './day-queue.js';
import { DueTimes } from './due-times.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { Suppliers } from '../../supplier/index.js';
import { SupplierRates } from '../rates/supplier-rates.js';
import { Priorities } from './priorities.js';

/** Experiences per step of opening. It keeps the size of a statement independent of the catalogue. */
const BATCH = 200;
/** How often to look for added experiences, milliseconds. */
const LOOK_MS = 5_000;

/** Moves the window of mirrored days: opens days that enter it, expires past days, deletes old ones. */
@Injectable()
export class DayOpening {
  private lookAt = 0;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly days: DayRepository,
    private readonly queue: DayQueue,
    private readonly dueTimes: DueTimes,
    private readonly window: MirrorWindow,
    private readonly priorities: Priorities,
    private readonly suppliers: Suppliers,
    private readonly rates: SupplierRates,
    private readonly replan: SettingsReplan,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
    events: DayEvents,
  ) {
    events.onExperience(() => (this.lookAt = 0));
    clock.onSet(() => (this.lookAt = 0));
  }

  /** Does what is due, and looks for added experiences at once. */
  async advanceNow(): Promise<void> {
    this.lookAt = 0;
    await this.advance();
  }

  /**
   * Does what is due. At a zone's midnight this runs before the next claim, so that no request is spent on a date that has
   * just passed.
   * @returns how many experiences were advanced
   */
  async advance(): Promise<number> {
    const now = this.clock.now();
    if (now.getTime() < this.lookAt) return 0;
    const zones = await this.catalogue.zones();
    let advanced = 0;
    for (const { name } of this.suppliers.all) for (const zone of zones) advanced += await this.advanceZone(name, zone);
    this.lookAt = Math.min(now.getTime() + LOOK_MS, ...zones.map((zone) => this.window.nextMidnight(zone).getTime()));
    return advanced;
  }

  private async advanceZone(supplier: string, zone: string | null): Promise<number> {
    const today = this.window.today(zone);
    const last = this.window.lastDate(zone);
    for (let advanced = 0; ;) {
      const batch = await this.catalogue.unopened(supplier, zone, last, BATCH);
      if (batch.length === 0) return advanced;
      const ids = batch.map((experience) => experience.id);
      const openedUntil = batch.reduce<LocalDate | null>(
        (least, { openedUntil: until }) => earlier(least, until),
        last,
      );
      const openings = this.dueTimes.openings(zone, openedUntil ? addDays(openedUntil, 1) : today);
      await this.rates.of(supplier).rates.begin(ids);
      // Experiences that moved to another zone have days that were planned for the old one.
      await this.replan.of(batch.filter((experience) => experience.openedUntil === null).map(({ id }) => id));
      await this.queue.open(
        ids,
        openings.map((opening) => ({ ...opening, priority: this.priorities.ofNew(supplier, opening.date, zone) })),
      );
      await this.queue.expire(ids, today);
      await this.days.drop(ids, addDays(today, -this.settings.retentionDays), this.clock.now());
      // Last, so that after a kill all steps are repeated.
      await this.catalogue.markOpened(zone, ids, last);
      advanced += batch.length;
    }
  }
}

function earlier(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  return a === null || b === null ? null : a < b ? a : b;
}
