import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { Catalogue, CatalogueCounts } from '../../experience/index.js';
import { DayEvents, DayRepository } from '../../inventory/index.js';
import { addDays, Clock, Every, type LocalDate } from '../../time/index.js';
import { SettingsReplan } from './settings-replan.js';
import { DayQueue } from './day-queue.js';
import { DueTimes } from './due-times.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { Suppliers } from '../../supplier/index.js';
import { SupplierRates } from '../rates/supplier-rates.js';
import { Priorities } from './priorities.js';

/** Experiences per step. It keeps the size of a statement independent of the catalogue. */
const BATCH = 200;
/** New experiences that are opened before the next claim: they have more days than many requests fetch. */
const FIRST_BATCH = 20;
/** How often to look for added experiences, milliseconds. */
const LOOK_MS = 5_000;

/** Moves the window of mirrored days: opens days that enter it, expires past days, deletes old ones. */
@Injectable()
export class DayOpening {
  private lookAt = 0;
  /** While days of new experiences are opened beside the claims. */
  private rest: Promise<void> | undefined;
  private ending = false;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly counts: CatalogueCounts,
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

  /** Does what is due, and looks for added experiences at once. Resolves when all days of the window are open. */
  async advanceNow(): Promise<void> {
    this.lookAt = 0;
    await this.advance();
    await this.opened();
  }

  /**
   * Does what is due. At a zone's midnight this runs before the next claim, so that no request is spent on a date that has
   * just passed. Of new experiences only the first are opened before it resolves: a large catalogue does not delay requests.
   */
  async advance(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() < this.lookAt) return;
    const zones = await this.counts.zones();
    for (const [supplier, zone] of this.pairs(zones)) while (await this.advanceBatch(supplier, zone, true, BATCH));
    this.lookAt = Math.min(now.getTime() + LOOK_MS, ...zones.map((zone) => this.window.nextMidnight(zone).getTime()));
    if (this.rest || !(await this.openBatch(zones, FIRST_BATCH))) return;
    this.rest = this.openRest(zones).finally(() => (this.rest = undefined));
    // Whoever waits for it learns of a failure; otherwise the next look tries again.
    this.rest.catch(() => undefined);
  }

  /** Resolves when no days are being opened. */
  async opened(): Promise<void> {
    await this.rest;
  }

  @Every({ periods: ['end'], what: 'ending the opening of days' })
  async end(): Promise<void> {
    this.ending = true;
    await this.opened();
  }

  private async openRest(zones: readonly (string | null)[]): Promise<void> {
    while (!this.ending && (await this.openBatch(zones, BATCH)));
  }

  /** Opens some of the experiences that are new or to be planned anew. @returns whether there may be more */
  private async openBatch(zones: readonly (string | null)[], limit: number): Promise<boolean> {
    for (const [supplier, zone] of this.pairs(zones))
      if (await this.advanceBatch(supplier, zone, false, limit)) return true;
    return false;
  }

  private pairs(zones: readonly (string | null)[]): [supplier: string, zone: string | null][] {
    return this.suppliers.all.flatMap(({ name }) => zones.map((zone): [string, string | null] => [name, zone]));
  }

  /** @param begun experiences that have days, or those that have none or are to be planned anew. @returns whether there were any */
  private async advanceBatch(supplier: string, zone: string | null, begun: boolean, limit: number): Promise<boolean> {
    const today = this.window.today(zone);
    const last = this.window.lastDate(zone);
    const batch = await this.catalogue.unopened(supplier, zone, last, { begun, limit });
    if (batch.length === 0) return false;
    const ids = batch.map((experience) => experience.id);
    const openedUntil = batch.reduce<LocalDate | null>((least, { openedUntil: until }) => earlier(least, until), last);
    const openings = this.dueTimes.openings(zone, openedUntil ? addDays(openedUntil, 1) : today);
    await this.rates.of(supplier).rates.begin(ids);
    // Experiences that moved to another zone have days that were planned for the old one.
    if (!begun) await this.replan.of(ids);
    await this.queue.open(
      ids,
      openings.map((opening) => ({ ...opening, priority: this.priorities.ofNew(supplier, opening.date, zone) })),
    );
    await this.queue.expire(ids, today);
    await this.days.drop(ids, addDays(today, -this.settings.retentionDays), this.clock.now());
    // Last, so that after a kill all steps are repeated.
    await this.catalogue.markOpened(zone, ids, last);
    return true;
  }
}

function earlier(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  return a === null || b === null ? null : a < b ? a : b;
}
