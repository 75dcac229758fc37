import { rateAt } from './change-curve.js';
import type { DayRates } from './value-due.js';
import { urgencyInverse } from './value.js';

/** A day of a sample of the catalogue. */
export interface SampledDay extends DayRates {
  readonly lead: number;
}

export const LOWEST_PRICE = 1e-12;
export const HIGHEST_PRICE = 1e12;
/** ln λ is found to this. */
const PRECISION = 1e-3;

/**
 * The price of a request, λ, at which what becomes due is what the budget can pay: Σ δ/x(λ) = budget, x(λ) = g⁻¹(λδ/μ), by
 * bisection (the relaxed optimum of Azar et al. 2018).
 * @param weight how many days each sampled one stands for
 * @param requestsPerDay the budget
 */
export function priceOfRequest(sample: readonly SampledDay[], weight: number, requestsPerDay: number): number {
  const days = sample.map((day) => {
    const changes = day.multiplier * rateAt(day.changes, day.lead);
    return { changes, reads: day.demand * (day.leadDemand[Math.min(day.lead, day.leadDemand.length - 1)] ?? 0) };
  });
  let low = Math.log(LOWEST_PRICE);
  let high = Math.log(HIGHEST_PRICE);
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    if (weight * requestsAt(days, Math.exp(middle)) > requestsPerDay) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

function requestsAt(days: readonly { changes: number; reads: number }[], price: number): number {
  let requests = 0;
  for (const { changes, reads } of days) {
    const x = reads > 0 ? urgencyInverse((price * changes) / reads) : Infinity;
    if (x < Infinity) requests += changes / x;
  }
  return requests;
}
