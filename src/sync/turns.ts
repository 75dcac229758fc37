import { Injectable } from '@nestjs/common';
import { MirrorSettings, SupplierSettings } from '../config/index.js';
import { CLOSED_FINGERPRINT, type DayKey, type DayTurn, type RatesRow } from '../inventory/index.js';
import { Clock, instantAt, type LocalDate } from '../time/index.js';
import { Deadlines } from './deadlines.js';
import { LearnedRates } from './learned-rates.js';
import { requestsPerDay } from './policy/capacity.js';
import { ratesOf } from './policy/market.js';
import { timelineOf } from './policy/timeline.js';
import { turnOf, type PlannedPosition } from './policy/turn.js';

/** What a day's place in the queue follows from. */
export interface StandingDay extends DayKey, RatesRow {
  readonly timeZone: string | null;
  readonly confirmedAt: Date | null;
  readonly fingerprint: string | null;
  readonly lastStart: string | null;
}

/** λ until it was computed: any number will do, for it concerns all days alike. */
const FIRST_PRICE = 1;

/** When days are worth a request, by what was learned so far. */
@Injectable()
export class Turns {
  constructor(
    private readonly rates: LearnedRates,
    private readonly deadlines: Deadlines,
    private readonly mirror: MirrorSettings,
    private readonly supplier: SupplierSettings,
    private readonly clock: Clock,
  ) {}

  of(day: StandingDay): DayTurn {
    const { market } = this.rates;
    const closed = day.fingerprint === CLOSED_FINGERPRINT;
    const suspect = !closed && isSuspect(day);
    return this.plan(day, ratesOf(market, this.rates.present(day), closed), {
      confirmedAt: day.confirmedAt?.getTime() ?? null,
      now: this.clock.now().getTime(),
      lastStart: this.lastStart(day),
      doubt: suspect ? market.doubt : 0,
    });
  }

  /** The first place of a day that was just opened: that of an average experience's. */
  ofNew(date: LocalDate, timeZone: string | null): DayTurn {
    const { market } = this.rates;
    const rates = ratesOf(market, { changes: { n: 0, e: 0 }, reads: market.meanReads }, false);
    const now = this.clock.now().getTime();
    return this.plan({ date, timeZone }, rates, { confirmedAt: null, now, lastStart: null, doubt: 1 });
  }

  /** Whether nobody can book it any more. */
  isOver(day: Pick<StandingDay, 'date' | 'timeZone' | 'lastStart'>): boolean {
    const last = this.lastStart(day);
    return last !== null && last <= this.clock.now().getTime();
  }

  private plan(
    { date, timeZone }: Pick<StandingDay, 'date' | 'timeZone'>,
    rates: ReturnType<typeof ratesOf>,
    position: PlannedPosition,
  ): DayTurn {
    const timeline = timelineOf(date, this.deadlines.zoneOf(timeZone), this.rates.market.activity);
    return turnOf(rates, { ...position, round: this.roundDays() }, timeline, this.rates.price ?? FIRST_PRICE);
  }

  /** Days that it takes to ask for every day once. */
  private roundDays(): number {
    const days = this.rates.experiences * this.mirror.windowDays;
    return days / requestsPerDay(this.supplier.requestsPerMinute);
  }

  /** Epoch milliseconds. */
  private lastStart({
    date,
    timeZone,
    lastStart,
  }: Pick<StandingDay, 'date' | 'timeZone' | 'lastStart'>): number | null {
    return lastStart === null ? null : instantAt(date, lastStart, this.deadlines.zoneOf(timeZone));
  }
}

/** A price of the experience changed since the day was confirmed: its own may have changed as well. */
export function isSuspect({ confirmedAt, repricedAt }: Pick<StandingDay, 'confirmedAt' | 'repricedAt'>): boolean {
  return confirmedAt !== null && repricedAt !== null && confirmedAt < repricedAt;
}
