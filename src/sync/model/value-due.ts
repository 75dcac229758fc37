import { changesBetween, leadOf, rateAt, type ChangeCurve } from './change-curve.js';
import { staleness, urgency, urgencyInverse } from './value.js';

/** What is known of how a day changes and how it is read. All rates per activity day. */
export interface DayRates {
  /** Changes of a day of an average experience. */
  readonly changes: ChangeCurve;
  /** How much oftener days of this experience change. */
  readonly multiplier: number;
  /** Reads of a day of this experience at an average lead. */
  readonly demand: number;
  /** How much oftener days are read at a lead than on average, by lead. */
  readonly leadDemand: readonly number[];
}

/** Where a day stands. Activity leads fall as time passes, see `activity.ts`. */
export interface DayPosition {
  readonly confirmed: number;
  readonly now: number;
  /** After the last start nobody can book it; −1 when that is unknown. */
  readonly lastStart: number;
  /** How surely it is stale whatever its age: 1 when it was never confirmed, 0 when nothing speaks against it. */
  readonly staleProbability: number;
}

/**
 * The activity lead at which the value of a request reaches `price` (λ), at most `now`; undefined: it never does.
 * Within a lead the rates are constant, so each lead has one threshold of x, which is reached at once, on the way, or not.
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

/** V / λ now: what a request for it is worth in prices of a request. */
export function relativeValue(rates: DayRates, day: DayPosition, price: number): number {
  return worthOf(rates, day, day.now) / thresholdAt(rates, leadOf(day.now), price);
}

/**
 * V / λ of a day that was never confirmed. While the mirror fills, a request is worth the reads that it saves until the
 * round is through and the day would have had its turn anyway: (μ/δ)·(1 − e^(−δ·round)), so what is read most comes first
 * and not what changes least. A day that is worth its price for good is due all the same.
 * @param round activity days that a round of all days takes
 */
export function firstValue(rates: DayRates, day: DayPosition, price: number, round: number): number {
  const forGood = relativeValue(rates, day, price);
  const rate = rates.multiplier * rateAt(rates.changes, leadOf(day.now));
  return Math.max(forGood * staleness(rate * round), Math.min(1, forGood));
}

/** λδ/μ: the urgency at which a request is worth its price. */
function thresholdAt({ changes, multiplier, demand, leadDemand }: DayRates, lead: number, price: number): number {
  const reads = demand * (leadDemand[Math.min(lead, leadDemand.length - 1)] ?? 0);
  return reads > 0 ? (price * multiplier * rateAt(changes, lead)) / reads : Infinity;
}

function expected({ changes, multiplier }: DayRates, from: number, to: number): number {
  return multiplier * changesBetween(changes, from, to);
}

/** Steps in which the rest of the last day is looked through. */
const STEPS = 48;

/** On its last day a day is worth no more than can still be read of it; that rises first and falls again. */
function dueToday(rates: DayRates, day: DayPosition, price: number): number | undefined {
  const threshold = thresholdAt(rates, 0, price);
  if (threshold >= 1) return undefined;
  const now = Math.min(day.now, 0);
  const missing =
    day.staleProbability >= threshold ? 0 : urgencyInverse(threshold) - expected(rates, day.confirmed, now);
  // Before this it is worth less than its price even without that limit.
  const from = now - Math.max(0, missing) / (rates.multiplier * rateAt(rates.changes, 0));
  const span = from - day.lastStart;
  for (let step = 0; step < STEPS && span > 0; step++) {
    const u = from - (span * step) / STEPS;
    if (worthOf(rates, day, u) >= threshold * (1 - 1e-9)) return u;
  }
  return undefined;
}

/** g(x), or the staleProbability; on the last day at most (1 − e^(−x))·(1 − e^(−δ_left)): the rest is read by nobody. */
function worthOf(rates: DayRates, day: DayPosition, u: number): number {
  const x = expected(rates, day.confirmed, u);
  const worth = Math.max(day.staleProbability, urgency(x));
  if (leadOf(u) > 0) return worth;
  if (u <= day.lastStart) return 0;
  return Math.min(worth, Math.max(day.staleProbability, staleness(x)) * staleness(expected(rates, u, day.lastStart)));
}
