import { Injectable } from '@nestjs/common';
import { CLOSED_FINGERPRINT, type DayKey } from '../../inventory/index.js';
import { Clock, instantAt, type LocalDate } from '../../time/index.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { SupplierRates, type RatesOfSupplier } from '../rates/supplier-rates.js';
import type { DateReadsRow, RatesRow } from '../rates/sql/rates-row.js';
import { NO_COUNTS, ratesOf } from '../model/rate-model.js';
import { timelineOf } from '../model/timeline.js';
import type { DayRates } from '../model/value-due.js';
import { priorityOf, type ActivityTimeline, type PlannedPosition, type Priority } from '../model/priority.js';

/** The facts that the priority of a day depends on. */
export interface DayFacts extends DayKey, RatesRow, DateReadsRow {
  readonly supplier: string;
  readonly timeZone: string | null;
  readonly confirmedAt: Date | null;
  readonly fingerprint: string | null;
  readonly lastStart: string | null;
}

/** λ until it is computed. Any number works, because it is the same for all days. */
const FIRST_SHADOW_PRICE = 1;

/** Computes the priorities of days from the learned rates. */
@Injectable()
export class Priorities {
  constructor(
    private readonly suppliers: SupplierRates,
    private readonly window: MirrorWindow,
    private readonly clock: Clock,
  ) {}

  of(day: DayFacts): Priority {
    const of = this.suppliers.of(day.supplier);
    const { model } = of.rates;
    const timeline = this.timelineOf(of, day);
    const now = this.clock.now().getTime();
    const closed = day.fingerprint === CLOSED_FINGERPRINT;
    const own = { reads: of.rates.presentReads(day), now: timeline.leadAt(now) };
    const suspect = !closed && isSuspect(day);
    return this.plan(of, timeline, ratesOf(model, of.rates.present(day), closed, own), {
      confirmedAt: day.confirmedAt?.getTime() ?? null,
      now,
      staleProbability: suspect ? model.staleProbability : 0,
    });
  }

  /** The first priority of a day that was just opened: that of an average experience. */
  ofNew(supplier: string, date: LocalDate, timeZone: string | null): Priority {
    const of = this.suppliers.of(supplier);
    const { model } = of.rates;
    const rates = ratesOf(model, { ...NO_COUNTS, reads: model.meanReads }, false);
    const now = this.clock.now().getTime();
    const timeline = this.timelineOf(of, { date, timeZone, lastStart: null });
    return this.plan(of, timeline, rates, { confirmedAt: null, now, staleProbability: 1 });
  }

  /** Whether nobody can book the day any more. */
  isOver(day: Pick<DayFacts, 'date' | 'timeZone' | 'lastStart'>): boolean {
    const { date, timeZone, lastStart } = day;
    return lastStart !== null && instantAt(date, lastStart, this.window.zoneOf(timeZone)) <= this.clock.now().getTime();
  }

  private timelineOf(
    { rates: { model } }: RatesOfSupplier,
    { date, timeZone, lastStart }: Pick<DayFacts, 'date' | 'timeZone' | 'lastStart'>,
  ): ActivityTimeline {
    return timelineOf(date, this.window.zoneOf(timeZone), model.activity, lastStart);
  }

  private plan(
    { rates: learned, price }: RatesOfSupplier,
    timeline: ActivityTimeline,
    rates: DayRates,
    position: PlannedPosition,
  ): Priority {
    const threshold = position.confirmedAt === null ? price.fillPrice : (learned.shadowPrice ?? FIRST_SHADOW_PRICE);
    const { roundDays: round } = price;
    return priorityOf(rates, { ...position, ...(round !== undefined && { round }) }, timeline, threshold);
  }
}

/** A price of the experience changed since the day was confirmed, so the day's own prices may have changed too. */
export function isSuspect({ confirmedAt, repricedAt }: Pick<DayFacts, 'confirmedAt' | 'repricedAt'>): boolean {
  return confirmedAt !== null && repricedAt !== null && confirmedAt < repricedAt;
}
