import { rateAt } from './change-curve.js';
import type { DayRates } from './value-due.js';
import { urgency, urgencyInverse } from './value.js';

/** A day of a sample of the catalogue. */
export interface SampledDay extends DayRates {
  readonly lead: number;
}

export const LOWEST_PRICE = 1e-12;
export const HIGHEST_PRICE = 1e12;
/** The absolute error of ln λ. */
const PRECISION = 1e-3;

/**
 * The shadow price λ at which as many requests become due as the budget allows: Σ δ/x(λ) = budget, x(λ) = g⁻¹(λδ/μ). Found by
 * bisection (the relaxed optimum of Azar et al. 2018). Where one request answers several dates, those of a block share it, so
 * a block takes as many requests as its most demanding date.
 * @param weight the number of days that each sampled day represents
 * @param requestsPerDay the budget
 * @param datesPerRequest consecutive dates that one request answers
 */
export function shadowPriceOf(
  sample: readonly SampledDay[],
  weight: number,
  requestsPerDay: number,
  datesPerRequest = 1,
): number {
  const blocks = sample.map((day) => blockOf(day, datesPerRequest));
  let low = Math.log(LOWEST_PRICE);
  let high = Math.log(HIGHEST_PRICE);
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    if (weight * requestsAt(blocks, Math.exp(middle)) > requestsPerDay) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

/** How far the logarithm of the price moves towards a computed one, because that varies with the sample. */
const STEP = 0.25;
/** A difference above this factor is no variation of the sample: the price then moves all the way. */
const FAR = 1.5;

/** The next shadow price, after a new computation. */
export function nextPrice(before: number, computed: number): number {
  const isFar = Math.abs(Math.log(computed / before)) > Math.log(FAR);
  return isFar ? computed : before * (computed / before) ** STEP;
}

/** How often a day changes and is read, per activity day. */
export interface Pace {
  readonly changes: number;
  readonly reads: number;
}

export function paceOf(day: SampledDay): Pace {
  const changes = day.multiplier * rateAt(day.changes, day.lead);
  return { changes, reads: day.demand * (day.leadDemand[Math.min(day.lead, day.leadDemand.length - 1)] ?? 0) };
}

/** The dates that share their requests with a day: as many as a request answers, from a multiple of that on. */
export function blockOf(day: SampledDay, datesPerRequest: number): readonly Pace[] {
  const first = day.lead - (day.lead % datesPerRequest);
  const dates = Math.max(1, Math.min(datesPerRequest, day.leadDemand.length - first));
  return Array.from({ length: dates }, (_, i) => paceOf({ ...day, lead: first + i }));
}

/** How often a block is requested at a price, per activity day: as often as is right for the most demanding of its dates. */
export function requestRateOf(block: readonly Pace[], price: number): number {
  let most = 0;
  for (const { changes, reads } of block) {
    // At the rate so far its value is below the price. This is cheaper to see than its own rate.
    if (most > 0 && reads * urgency(changes / most) <= price * changes) continue;
    const x = reads > 0 ? urgencyInverse((price * changes) / reads) : Infinity;
    if (x < Infinity) most = Math.max(most, changes / x);
  }
  return most;
}

/** Each sampled day stands for its part of its block. */
function requestsAt(blocks: readonly (readonly Pace[])[], price: number): number {
  return blocks.reduce((requests, block) => requests + requestRateOf(block, price) / block.length, 0);
}
