import { activityOf, type ActivityCurve } from '../../../src/sync/model/activity.js';
import { changeCurve, type ChangeCurve } from '../../../src/sync/model/change-curve.js';
import { randomFrom } from '../fixtures.js';
import { alike, ownOf } from './own.js';

export const LEADS = 61;

/** A simulated world: how often each experience is read and booked, when it is open, when its prices change. All rates per day. */
export interface World {
  readonly experiences: number;
  /** Simulated dates, numbered from the start; days are numbered experience × `dates` + date. */
  readonly dates: number;
  /** Bookings seen as changes of a day, by experience and lead. */
  readonly bookings: readonly ChangeCurve[];
  /** How often an experience is read by how often the average one is. Mean 1. */
  readonly popularity: readonly number[];
  /** Open on these weekdays. */
  readonly open: readonly (readonly boolean[])[];
  /** Instants (days) at which all prices of the experience change. */
  readonly priceChanges: readonly (readonly number[])[];
  readonly priceRate: number;
  readonly prices: Shape['prices'];
  /** Reads by experience and lead. Mean 1. */
  readonly reads: readonly (readonly number[])[];
  /** How much more often than other dates a date is read, by experience; undefined: all alike. */
  readonly dateDemand: readonly Float64Array[] | undefined;
  /** The reads of a closed day by those of an open one. */
  readonly closedReads: number;
  /** The part of the day after which nobody reads or books it, by experience; 1: midnight. */
  readonly lastStart: readonly number[];
  /** The part of the reads of a date that happen on this weekday, 0 … 1. */
  readonly weekdayDemand: readonly number[];
  readonly activity: ActivityCurve;
  /** Reads per day of time, if no day were closed. */
  readonly readsPerDay: number;
  /** Changes come in bursts of this length (days), a tenth of the time; undefined: evenly. */
  readonly burst: number | undefined;
}

/** What sets one world apart from another. */
export interface Shape {
  /** Whether a price change concerns all days of an experience or a single one. */
  readonly prices: 'bulk' | 'single' | 'none';
  /** Exponent of the popularity (Zipf): 0 even, 0.9 usual, 2 hardly anything but the first is read. */
  readonly skew: number;
  /** Whether experiences that are read often are also booked often. */
  readonly related: boolean;
  /** Whether changes and reads depend on how far ahead the date lies. */
  readonly byLead: boolean;
  /** Reads of five weekdays by those of the other two. */
  readonly otherWeekdays: number;
  /** Changes of a day of an average experience over the window. */
  readonly bookings: number;
  /** How many times faster than usual it changes; above 1 also by day and night alike. */
  readonly speed: number;
  readonly bursts: boolean;
  /** Each experience has its own tilt of bookings and reads by lead, and its own last start; each date its own demand. Closed days are read too. */
  readonly own: boolean;
}

const USUAL: Shape = {
  prices: 'bulk',
  skew: 0.9,
  related: true,
  byLead: true,
  otherWeekdays: 1,
  bookings: 12,
  speed: 1,
  bursts: false,
  own: false,
};

export interface WorldOptions {
  readonly experiences: number;
  readonly seed: number;
  /** How long it is simulated. */
  readonly days: number;
  readonly shape?: Partial<Shape>;
}

const READS_PER_DAY = 60_000;
const PRICE_RATE = 1 / 14;
const BURST = 1 / 48;
/** The quietest hour has 0.06 times the reads of the mean one, and the busiest 1.94 times. */
const LEAST_ACTIVITY = 1.066;
/** How much less often than open days those that are known to be closed are read. */
const CLOSED_READS = 0.3;

export function makeWorld({ experiences, seed, days, shape: given }: WorldOptions): World {
  const shape: Shape = { ...USUAL, ...given };
  const random = randomFrom(seed * 7919 + experiences);
  const popularity = popularityOf(experiences, shape.skew, random);
  const priceRate = shape.prices === 'none' ? 0 : PRICE_RATE * shape.speed;
  const leadDemand = shape.byLead ? demandByLead() : Array.from({ length: LEADS }, () => 1);
  const bookings = bookingsByLead(shape);
  const bustle = shape.related ? popularity : shuffled(popularity, random);
  const dates = Math.ceil(days) + LEADS;
  const own = shape.own ? ownOf(experiences, LEADS, dates, seed) : alike(experiences, LEADS);
  return {
    experiences,
    dates,
    popularity,
    bookings: bustle.map((factor, i) => changeCurve(tilted(bookings, own.bookings[i]).map((rate) => rate * factor))),
    reads: popularity.map((factor, i) => tilted(leadDemand, own.reads[i]).map((rate) => rate * factor)),
    dateDemand: own.dates,
    closedReads: shape.own ? CLOSED_READS : 0,
    lastStart: own.lastStart,
    open: popularity.map(() => weekdays(random)),
    priceChanges: popularity.map(() => (shape.prices === 'bulk' ? poissonInstants(priceRate, days, random) : [])),
    priceRate,
    prices: shape.prices,
    weekdayDemand: Array.from({ length: 7 }, (_, weekday) => (weekday < 2 ? 1 : shape.otherWeekdays)),
    activity: activityOf(
      Array.from({ length: 24 }, (_, hour) =>
        shape.speed > 1 ? 1 : LEAST_ACTIVITY + Math.cos(((hour - 20) / 12) * Math.PI),
      ),
    ),
    readsPerDay: READS_PER_DAY * Math.min(50, shape.speed),
    burst: shape.bursts ? BURST / shape.speed : undefined,
  };
}

/** Relative reads of a date, of which an open one has 1 on average. */
export function readsOf(world: World, experience: number, date: number, lead: number): number {
  const open = world.open[experience]?.[date % 7] ? 1 : world.closedReads;
  const own = world.dateDemand?.[experience]?.[date] ?? 1;
  return open * own * (world.weekdayDemand[date % 7] ?? 0) * (world.reads[experience]?.[lead] ?? 0);
}

/** True changes of an open date per day. */
export function changesOf(world: World, experience: number, lead: number): number {
  return (world.bookings[experience]?.perLead[lead] ?? 0) + world.priceRate;
}

function popularityOf(experiences: number, skew: number, random: () => number): number[] {
  const weights = Array.from({ length: experiences }, (_, rank) => 1 / (rank + 3) ** skew);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / experiences;
  return weights.map((weight) => (weight / mean) * (skew > 0 ? 0.7 + 0.6 * random() : 1));
}

/** Changes shape and not sum. */
function tilted(rates: readonly number[], factors: readonly number[] = []): number[] {
  const products = rates.map((rate, lead) => rate * (factors[lead] ?? 1));
  const scale = sum(rates) / sum(products);
  return products.map((rate) => rate * scale);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function demandByLead(): number[] {
  const weights = Array.from({ length: LEADS }, (_, lead) => 0.55 * Math.exp(-lead / 5) + 0.45 * Math.exp(-lead / 22));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / LEADS;
  return weights.map((weight) => weight / mean);
}

/** 38 % of the bookings within 2 days, 52 % within 7; another family of curves than the prior of the rate model. */
function bookingsByLead({ bookings, byLead, speed }: Shape): number[] {
  const shares = Array.from({ length: LEADS }, (_, lead) => {
    if (!byLead) return 1;
    if (lead < 2) return 0.19;
    if (lead < 7) return 0.14 / 5;
    return (0.48 * (LEADS - lead + 10)) / 1_944;
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => (share / total) * bookings * speed);
}

function weekdays(random: () => number): boolean[] {
  const open = Array.from({ length: 7 }, () => random() < 0.72);
  open[Math.floor(random() * 7)] = true;
  return open;
}

function shuffled(values: readonly number[], random: () => number): number[] {
  return values
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

function poissonInstants(rate: number, days: number, random: () => number): number[] {
  const instants = [];
  for (let time = 0; ;) {
    time -= Math.log(1 - random()) / rate;
    if (time >= days) return instants;
    instants.push(time);
  }
}
