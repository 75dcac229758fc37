import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeCurve, priorChangeCurve, rateAt } from './change-curve.js';
import { blockOf, LOWEST_PRICE, nextPrice, requestRateOf, shadowPriceOf, type SampledDay } from './shadow-price.js';
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

  it('pays for each block of dates as often as for the most demanding of them, where a request answers all', () => {
    fc.assert(
      fc.property(factor, factor, budget, fc.integer({ min: 1, max: 80 }), (multiplier, demand, perDay, dates) => {
        const window = LEAD_DEMAND.map((_, lead) => ({
          multiplier,
          demand,
          lead,
          changes: CURVE,
          leadDemand: LEAD_DEMAND,
        }));
        const price = shadowPriceOf(window, 1, perDay, dates);
        let requests = 0;
        for (let first = 0; first < window.length; first += dates) {
          const block = window.slice(first, first + dates);
          requests += Math.max(...block.map((day) => requestsPerDay([day], price)));
        }
        expect(requests).toBeLessThanOrEqual(perDay * 1.001);
        if (price > 2 * LOWEST_PRICE) expect(requests).toBeGreaterThan(perDay * 0.98);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('requests a block as often as its most demanding date, whichever that is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ changes: factor, reads: factor }), { maxLength: 20 }),
        factor,
        (block, price) => {
          const rates = block.map(({ changes, reads }) => changes / urgencyInverse((price * changes) / reads));
          expect(requestRateOf(block, price)).toBeCloseTo(Math.max(0, ...rates), 9);
        },
      ),
      { seed: 1 },
    );
  });

  it('counts blocks from today on, within the window', () => {
    const day = { multiplier: 1, demand: 1, lead: 45, changes: CURVE, leadDemand: LEAD_DEMAND };
    expect(blockOf(day, 1)).toHaveLength(1);
    expect(blockOf(day, 30)).toHaveLength(30);
    expect(blockOf(day, 30)[0]?.changes).toBe(rateAt(CURVE, 30));
    expect(blockOf({ ...day, lead: 60 }, 30)).toHaveLength(1);
    expect(blockOf(day, 100)).toHaveLength(61);
  });
});

describe('the next price', () => {
  it('moves a part of the way, because a sample varies, and all the way where rates have moved', () => {
    expect(nextPrice(1, 1.2)).toBeCloseTo(1.2 ** 0.25, 9);
    expect(nextPrice(1, 1 / 1.2)).toBeCloseTo(1.2 ** -0.25, 9);
    expect(nextPrice(1, 2)).toBe(2);
    expect(nextPrice(1, 0.001)).toBe(0.001);
  });
});
