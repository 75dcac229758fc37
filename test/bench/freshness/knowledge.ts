import { activityBefore, partOfDay } from '../../../src/sync/model/activity.js';
import { changeCurve } from '../../../src/sync/model/change-curve.js';
import { observationOf, multiplierOf, type Counter } from '../../../src/sync/model/estimates.js';
import {
  addCounts,
  fadeBy,
  rateModelOf,
  noCounts,
  ratesOf,
  withObservation,
  type RateModel,
  type RateCounts,
} from '../../../src/sync/model/rate-model.js';
import type { DayRates } from '../../../src/sync/model/value-due.js';
import { activityTime, LEADS, type World } from './world.js';

/** What a chooser believes of a market. Time is days since the start. */
export interface Knowledge {
  rates(experience: number, date: number, closed: boolean): DayRates;
  /** How surely a suspect day is stale. */
  doubt(): number;
  activityTime(time: number): number;
  timeOf(activityTime: number): number;
  read(experience: number, date: number, now: number): void;
  observe(span: Observed): void;
  /** Makes rates of what was counted. */
  settle(now: number): void;
}

/** Two confirmations of one day in a row. */
export interface Observed {
  readonly experience: number;
  readonly date: number;
  readonly before: number;
  readonly now: number;
  readonly changed: boolean;
  /** It was confirmed empty the time before. */
  readonly closed: boolean;
  /** Undefined: nothing spoke against it. */
  readonly suspicion: { readonly right: boolean } | undefined;
}

/** Counts as the service does, in memory; all arithmetic is the policy's. */
export class Learned implements Knowledge {
  private readonly changes: Counter[];
  private readonly reads: number[];
  private readonly experiences: number;
  private readonly dates: number;
  private counts: RateCounts = noCounts(LEADS);
  private news: RateCounts = noCounts(LEADS);
  private newReadsByLead: number[] = [];
  private newReadsByHour: number[] = [];
  private market: RateModel;
  private settledAt: number | undefined;

  private readonly dayReads: Float64Array;

  /** @param byDate also count the reads of each day by itself */
  constructor(
    { experiences, dates }: World,
    private readonly byDate: boolean,
  ) {
    this.experiences = experiences;
    this.dates = dates;
    this.dayReads = new Float64Array(experiences * dates);
    this.changes = Array.from({ length: experiences }, () => ({ n: 0, e: 0 }));
    this.reads = Array.from({ length: experiences }, () => 0);
    this.market = rateModelOf(this.counts, experiences);
    this.forgetReads();
  }

  rates(experience: number, date: number, closed: boolean): DayRates {
    const counts = { changes: this.changes[experience] ?? { n: 0, e: 0 }, reads: this.reads[experience] ?? 0 };
    if (!this.byDate) return ratesOf(this.market, counts, closed);
    const own = {
      reads: this.dayReads[experience * this.dates + date] ?? 0,
      lead: date - Math.floor(this.settledAt ?? 0),
    };
    return ratesOf(this.market, counts, closed, own);
  }

  doubt(): number {
    return this.market.staleProbability;
  }

  activityTime(time: number): number {
    const day = Math.floor(time);
    return day + activityBefore(this.market.activity, time - day);
  }

  timeOf(time: number): number {
    const day = Math.floor(time);
    return day + partOfDay(this.market.activity, time - day);
  }

  read(experience: number, date: number, now: number): void {
    this.reads[experience] = (this.reads[experience] ?? 0) + 1;
    const day = experience * this.dates + date;
    this.dayReads[day] = (this.dayReads[day] ?? 0) + 1;
    const lead = date - Math.floor(now);
    this.newReadsByLead[lead] = (this.newReadsByLead[lead] ?? 0) + 1;
    const hour = Math.floor((now - Math.floor(now)) * 24);
    this.newReadsByHour[hour] = (this.newReadsByHour[hour] ?? 0) + 1;
  }

  observe({ experience, date, before, now, changed, closed, suspicion }: Observed): void {
    const span = { confirmed: date - this.activityTime(before), now: date - this.activityTime(now), changed };
    if (suspicion) {
      const { n, e } = this.news.suspects;
      this.news = { ...this.news, suspects: { n: n + (suspicion.right ? 1 : 0), e: e + 1 } };
    }
    if (closed) {
      const { n, e } = this.news.closed;
      this.news = { ...this.news, closed: { n: n + (changed ? 1 : 0), e: e + span.confirmed - span.now } };
      return;
    }
    const own = this.changes[experience] ?? { n: 0, e: 0 };
    const lesson = observationOf(this.market.changes, multiplierOf(own, this.market.changes.scale), span);
    this.changes[experience] = { n: own.n + lesson.experience.n, e: own.e + lesson.experience.e };
    this.news = withObservation(this.news, lesson);
  }

  settle(now: number): void {
    const kept = fadeBy(now - (this.settledAt ?? now));
    this.settledAt = now;
    const news = { ...this.news, readsByLead: this.newReadsByLead, readsByHour: this.newReadsByHour };
    this.counts = addCounts(this.counts, kept, news);
    this.news = noCounts(LEADS);
    this.forgetReads();
    for (let experience = 0; experience < this.experiences; experience++) {
      const { n, e } = this.changes[experience] ?? { n: 0, e: 0 };
      this.changes[experience] = { n: n * kept, e: e * kept };
      this.reads[experience] = (this.reads[experience] ?? 0) * kept;
    }
    for (let day = 0; day < this.dayReads.length; day++) this.dayReads[day] = (this.dayReads[day] ?? 0) * kept;
    this.market = rateModelOf(this.counts, this.experiences);
  }

  private forgetReads(): void {
    this.newReadsByLead = Array.from({ length: LEADS }, () => 0);
    this.newReadsByHour = Array.from({ length: 24 }, () => 0);
  }
}

/** Knows the true rates of a market, from the start. */
export class Told implements Knowledge {
  private readonly byExperience: readonly DayRates[];
  private readonly closed = changeCurve(Array.from({ length: LEADS }, () => 1e-3));

  constructor(private readonly world: World) {
    this.byExperience = world.popularity.map((demand, experience) => {
      const rates = world.bookings.perLead.map((rate) => (world.bustle[experience] ?? 0) * rate + world.priceRate);
      return { changes: changeCurve(rates), multiplier: 1, demand, leadDemand: world.leadDemand };
    });
  }

  rates(experience: number, date: number, closed: boolean): DayRates {
    const rates = this.byExperience[experience] ?? { changes: this.closed, multiplier: 1, demand: 0, leadDemand: [] };
    const demand = rates.demand * (this.world.weekdayDemand[date % 7] ?? 1);
    return { ...rates, demand, changes: closed ? this.closed : rates.changes };
  }

  doubt(): number {
    return this.world.prices === 'bulk' ? 1 : 0;
  }

  activityTime(time: number): number {
    return activityTime(this.world, time);
  }

  timeOf(time: number): number {
    const day = Math.floor(time);
    return day + partOfDay(this.world.activity, time - day);
  }

  read(): void {
    // Nothing is news.
  }

  observe(): void {
    // Nothing is news.
  }

  settle(): void {
    // Nothing was counted.
  }
}
