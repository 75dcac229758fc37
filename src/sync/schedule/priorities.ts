import { Injectable } from '@nestjs/common';
import { MirrorSettings, SupplierSettings } from '../../config/index.js';
import { CLOSED_FINGERPRINT, type DayKey } from '../../inventory/index.js';
import { Clock, instantAt, type LocalDate } from '../../time/index.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { LearnedRates } from '../rates/learned-rates.js';
import { ShadowPriceKeeper } from '../rates/shadow-price-keeper.js';
import type { RatesRow } from '../rates/sql/rates-row.js';
import { requestsPerDay } from '../budget/pacing.js';
import { ratesOf } from '../model/rate-model.js';
import { timelineOf } from '../model/timeline.js';
import { priorityOf, type PlannedPosition, type Priority } from '../model/priority.js';

/** The facts that the priority of a day depends on. */
export interface DayFacts extends DayKey, RatesRow {
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
    private readonly rates: LearnedRates,
    private readonly price: ShadowPriceKeeper,
    private readonly window: MirrorWindow,
    private readonly mirror: MirrorSettings,
    private readonly supplier: SupplierSettings,
    private readonly clock: Clock,
  ) {}

  of(day: DayFacts): Priority {
    const { model } = this.rates;
    const closed = day.fingerprint === CLOSED_FINGERPRINT;
    const suspect = !closed && isSuspect(day);
    return this.plan(day, ratesOf(model, this.rates.present(day), closed), {
      confirmedAt: day.confirmedAt?.getTime() ?? null,
      now: this.clock.now().getTime(),
      lastStart: this.lastStart(day),
      staleProbability: suspect ? model.staleProbability : 0,
    });
  }

  /** The first priority of a day that was just opened: that of an average experience. */
  ofNew(date: LocalDate, timeZone: string | null): Priority {
    const { model } = this.rates;
    const rates = ratesOf(model, { changes: { n: 0, e: 0 }, reads: model.meanReads }, false);
    const now = this.clock.now().getTime();
    return this.plan({ date, timeZone }, rates, { confirmedAt: null, now, lastStart: null, staleProbability: 1 });
  }

  /** Whether nobody can book the day any more. */
  isOver(day: Pick<DayFacts, 'date' | 'timeZone' | 'lastStart'>): boolean {
    const last = this.lastStart(day);
    return last !== null && last <= this.clock.now().getTime();
  }

  private plan(
    { date, timeZone }: Pick<DayFacts, 'date' | 'timeZone'>,
    rates: ReturnType<typeof ratesOf>,
    position: PlannedPosition,
  ): Priority {
    const timeline = timelineOf(date, this.window.zoneOf(timeZone), this.rates.model.activity);
    const price = position.confirmedAt === null ? this.price.fillPrice : (this.rates.shadowPrice ?? FIRST_SHADOW_PRICE);
    return priorityOf(rates, { ...position, round: this.roundDays() }, timeline, price);
  }

  /** How many days it takes to fetch every mirrored day once. */
  private roundDays(): number {
    const days = this.rates.experiences * this.mirror.windowDays;
    return days / requestsPerDay(this.supplier.requestsPerMinute);
  }

  /** Epoch milliseconds. */
  private lastStart({ date, timeZone, lastStart }: Pick<DayFacts, 'date' | 'timeZone' | 'lastStart'>): number | null {
    return lastStart === null ? null : instantAt(date, lastStart, this.window.zoneOf(timeZone));
  }
}

/** A price of the experience changed since the day was confirmed, so the day's own prices may have changed too. */
export function isSuspect({ confirmedAt, repricedAt }: Pick<DayFacts, 'confirmedAt' | 'repricedAt'>): boolean {
  return confirmedAt !== null && repricedAt !== null && confirmedAt < repricedAt;
}
