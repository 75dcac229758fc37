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

/** x(λ) = g⁻¹(λδ/μ): the changes expected since its confirmation when it is asked for again; infinite: it never is. */
export function changesUntilAsked({ changes, reads }: Pace, price: number): number {
  return reads > 0 ? urgencyInverse((price * changes) / reads) : Infinity;
}

function requestsAt(days: readonly Pace[], price: number): number {
  let requests = 0;
  for (const pace of days) {
    const x = changesUntilAsked(pace, price);
    if (x < Infinity) requests += pace.changes / x;
  }
  return requests;
}
