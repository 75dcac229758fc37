import { activityCurve, type ActivityCurve } from '../../../src/sync/model/activity.js';
import { changeCurve, type ChangeCurve } from '../../../src/sync/model/change-curve.js';
import { randomFrom } from '../fixtures.js';
import { cumulate } from './random.js';

export const LEADS = 61;

/** A simulated world: how often each experience is read and booked, when it is open, when its prices change. All rates per day. */
export interface World {
  readonly experiences: number;
  /** Simulated dates, numbered from the start; days are numbered experience × `dates` + date. */
  readonly dates: number;
  /** Bookings seen as changes of a day, by lead, of an experience whose bustle is 1. */
  readonly bookings: ChangeCurve;
  /** How often an experience is read by how often the average one is. Mean 1. */
  readonly popularity: readonly number[];
  /** The same of bookings. Mean 1. */
  readonly bustle: readonly number[];
  /** Open on these weekdays. */
  readonly open: readonly (readonly boolean[])[];
  /** Instants (days) at which all prices of the experience change. */
  readonly priceChanges: readonly (readonly number[])[];
  readonly priceRate: number;
  readonly prices: Shape['prices'];
  /** Relative reads by lead, mean 1. */
  readonly leadDemand: readonly number[];
  /** The part of the reads of a date that happen on this weekday, 0 … 1. */
  readonly weekdayDemand: readonly number[];
  readonly activity: ActivityCurve;
  readonly readers: { readonly byExperience: Float64Array; readonly byLead: Float64Array; readonly perDay: number };
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

export function makeWorld({ experiences, seed, days, shape: given }: WorldOptions): World {
  const shape: Shape = { ...USUAL, ...given };
  const random = randomFrom(seed * 7919 + experiences);
  const popularity = popularityOf(experiences, shape.skew, random);
  const priceRate = shape.prices === 'none' ? 0 : PRICE_RATE * shape.speed;
  const leadDemand = shape.byLead ? demandByLead() : Array.from({ length: LEADS }, () => 1);
  return {
    experiences,
    dates: Math.ceil(days) + LEADS,
    popularity,
    bustle: shape.related ? popularity : shuffled(popularity, random),
    bookings: changeCurve(bookingsByLead(shape)),
    open: popularity.map(() => weekdays(random)),
    priceChanges: popularity.map(() => (shape.prices === 'bulk' ? poissonInstants(priceRate, days, random) : [])),
    priceRate,
    prices: shape.prices,
    leadDemand,
    weekdayDemand: Array.from({ length: 7 }, (_, weekday) => (weekday < 2 ? 1 : shape.otherWeekdays)),
    activity: activityCurve(
      Array.from(
        { length: 24 },
        (_, hour) => (shape.speed > 1 ? 1 : 1.05 + Math.cos(((hour - 20) / 12) * Math.PI)) * 2_000,
      ),
      365,
    ),
    readers: {
      byExperience: cumulate(popularity),
      byLead: cumulate(leadDemand),
      perDay: READS_PER_DAY * Math.min(50, shape.speed),
    },
    burst: shape.bursts ? BURST / shape.speed : undefined,
  };
}

function popularityOf(experiences: number, skew: number, random: () => number): number[] {
  const weights = Array.from({ length: experiences }, (_, rank) => 1 / (rank + 3) ** skew);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / experiences;
  return weights.map((weight) => (weight / mean) * (skew > 0 ? 0.7 + 0.6 * random() : 1));
}

function demandByLead(): number[] {
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
