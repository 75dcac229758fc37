import { rateAt } from './change-curve.js';
import type { DayRates } from './value-due.js';
import { urgencyInverse } from './value.js';

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
 * bisection (the relaxed optimum of Azar et al. 2018).
 * @param weight the number of days that each sampled day represents
 * @param requestsPerDay the budget
 */
export function shadowPriceOf(sample: readonly SampledDay[], weight: number, requestsPerDay: number): number {
  const days = sample.map(paceOf);
  let low = Math.log(LOWEST_PRICE);
  let high = Math.log(HIGHEST_PRICE);
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    if (weight * requestsAt(days, Math.exp(middle)) > requestsPerDay) low = middle;
    else high = middle;
  }
  return Math.exp(high);
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

/** x(λ) = g⁻¹(λδ/μ): the changes expected between a confirmation and the next request; infinite: no next request. */
export function changesUntilRequest({ changes, reads }: Pace, price: number): number {
  return reads > 0 ? urgencyInverse((price * changes) / reads) : Infinity;
}

function requestsAt(days: readonly Pace[], price: number): number {
  let requests = 0;
  for (const pace of days) {
    const x = changesUntilRequest(pace, price);
    if (x < Infinity) requests += pace.changes / x;
  }
  return requests;
}
