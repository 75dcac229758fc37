import { changesBetween, leadOf, rateAt, type ChangeCurve } from './change-curve.js';
import { staleness, urgency, urgencyInverse } from './value.js';

/** How a day changes and is read. All rates are per activity day. */
export interface DayRates {
  /** Changes of a day of an average experience. */
  readonly changes: ChangeCurve;
  /** How much more often than the average days of this experience change. */
  readonly multiplier: number;
  /** Reads of a day of this experience at an average lead. */
  readonly demand: number;
  /** How much more often than on average days are read at a lead, by lead. */
  readonly leadDemand: readonly number[];
}

/** The state of a day, in activity leads. These fall as time passes, see `activity.ts`. */
export interface DayPosition {
  readonly confirmed: number;
  /** −1: its last start is over. */
  readonly now: number;
  /** The probability that it is stale, whatever its age: 1 for a day never confirmed, 0 without a reason for suspicion. */
  readonly staleProbability: number;
}

/**
 * The activity lead at which the value of a request reaches `price` (λ), at most `now`; undefined: it never does.
 * Within a lead the rates are constant. So each lead has one threshold of x, which is reached at its start, within it, or not.
 */
export function dueLead(rates: DayRates, day: DayPosition, price: number): number | undefined {
  for (let lead = leadOf(day.now); lead >= 1; lead--) {
    const threshold = thresholdAt(rates, lead, price);
    const from = Math.min(day.now, lead);
    if (day.staleProbability >= threshold) return from;
    if (threshold >= 1) continue;
    const missing = urgencyInverse(threshold) - expected(rates, day.confirmed, from);
    if (missing <= 0) return from;
    const due = from - missing / (rates.multiplier * rateAt(rates.changes, lead));
    if (due > lead - 1) return due;
  }
  return dueToday(rates, day, price);
}

/** V / λ now: the value of a request in shadow prices. */
export function relativeValue(rates: DayRates, day: DayPosition, price: number): number {
  return worthOf(rates, day, day.now) / thresholdAt(rates, leadOf(day.now), price);
}

/**
 * V / λ of a day that was never confirmed. While the mirror fills, a request saves reads only until the end of the round,
 * when the day would have been fetched anyway: (μ/δ)·(1 − e^(−δ·round)). So the days with the most reads come first, and not
 * those with the fewest changes. In a filled mirror the round is infinite: nothing else would lead to a request. A day whose value without that limit reaches the price is due in any case.
 * @param round activity days that it takes to fetch every day once
 */
export function firstValue(rates: DayRates, day: DayPosition, price: number, round: number): number {
  const forGood = relativeValue(rates, day, price);
  const rate = rates.multiplier * rateAt(rates.changes, leadOf(day.now));
  return Math.max(forGood * staleness(rate * round), Math.min(1, forGood));
}

/** λδ/μ: the urgency at which a request is worth the price. */
function thresholdAt({ changes, multiplier, demand, leadDemand }: DayRates, lead: number, price: number): number {
  const reads = demand * (leadDemand[Math.min(lead, leadDemand.length - 1)] ?? 0);
  return reads > 0 ? (price * multiplier * rateAt(changes, lead)) / reads : Infinity;
}

function expected({ changes, multiplier }: DayRates, from: number, to: number): number {
  return multiplier * changesBetween(changes, from, to);
}

/** The activity lead of a day that nobody can book any more. */
const OVER = -1;
/** Steps of the search through the rest of the last day. */
const STEPS = 48;

/** On its last day the value of a day is limited by the reads that remain. It rises first and then falls. */
function dueToday(rates: DayRates, day: DayPosition, price: number): number | undefined {
  const threshold = thresholdAt(rates, 0, price);
  if (threshold >= 1) return undefined;
  const now = Math.min(day.now, 0);
  const missing =
    day.staleProbability >= threshold ? 0 : urgencyInverse(threshold) - expected(rates, day.confirmed, now);
  // Before this the value is below the price even without that limit.
  const from = now - Math.max(0, missing) / (rates.multiplier * rateAt(rates.changes, 0));
  const span = from - OVER;
  for (let step = 0; step < STEPS && span > 0; step++) {
    const u = from - (span * step) / STEPS;
    if (worthOf(rates, day, u) >= threshold * (1 - 1e-9)) return u;
  }
  return undefined;
}

/** g(x), or the stale probability if greater; on the last day at most (1 − e^(−x))·(1 − e^(−δ_left)), because reads end then. */
function worthOf(rates: DayRates, day: DayPosition, u: number): number {
  const x = expected(rates, day.confirmed, u);
  const worth = Math.max(day.staleProbability, urgency(x));
  if (leadOf(u) > 0) return worth;
  if (u <= OVER) return 0;
  return Math.min(worth, Math.max(day.staleProbability, staleness(x)) * staleness(expected(rates, u, OVER)));
}
