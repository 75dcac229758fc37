import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeCurve, priorChangeCurve, rateAt } from './change-curve.js';
import { LOWEST_PRICE, shadowPriceOf, type SampledDay } from './shadow-price.js';
import { urgencyInverse } from './value.js';

const CURVE = changeCurve(priorChangeCurve(61, 10));
const LEAD_DEMAND = Array.from({ length: 61 }, (_, lead) => 3 * Math.exp(-lead / 12));
const factor = fc.double({ min: 0.05, max: 20, noNaN: true });
const sampled: fc.Arbitrary<SampledDay> = fc
  .record({ lead: fc.nat({ max: 60 }), multiplier: factor, demand: factor })
  .map((day) => ({ ...day, changes: CURVE, leadDemand: LEAD_DEMAND }));
const sample = fc.array(sampled, { minLength: 5, maxLength: 60 });
const budget = fc.double({ min: 1, max: 5_000, noNaN: true });

/** What is asked for at a price: each day once per x(λ) changes. */
function requestsPerDay(days: readonly SampledDay[], price: number): number {
  return days.reduce((sum, { multiplier, demand, lead }) => {
    const changes = multiplier * rateAt(CURVE, lead);
    return sum + changes / urgencyInverse((price * changes) / (demand * (LEAD_DEMAND[lead] ?? 0)));
  }, 0);
}

describe('the price of a request', () => {
  it('is the lowest at which the budget pays for what becomes due', () => {
    fc.assert(
      fc.property(sample, budget, (days, perDay) => {
        const price = shadowPriceOf(days, 1, perDay);
        expect(requestsPerDay(days, price)).toBeLessThanOrEqual(perDay * 1.001);
        if (price > 2 * LOWEST_PRICE) expect(requestsPerDay(days, price * 0.99)).toBeGreaterThan(perDay * 0.99);
      }),
      { seed: 1 },
    );
  });

  it('falls as the budget grows, and rises with the days that a sampled one stands for', () => {
    fc.assert(
      fc.property(sample, budget, (days, perDay) => {
        const price = shadowPriceOf(days, 1, perDay);
        expect(shadowPriceOf(days, 1, 2 * perDay)).toBeLessThanOrEqual(price);
        expect(shadowPriceOf(days, 2, 2 * perDay) / price).toBeCloseTo(1, 6);
      }),
      { seed: 1 },
    );
  });

  it('is next to nothing where nothing is read', () => {
    expect(shadowPriceOf([{ changes: CURVE, multiplier: 1, demand: 0, leadDemand: [], lead: 3 }], 1, 10)).toBeLessThan(
      2 * LOWEST_PRICE,
    );
  });
});
