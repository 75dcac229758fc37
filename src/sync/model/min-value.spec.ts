import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillPrice, leastPrice, leastRank } from './min-value.js';
import { HIGHEST_PRICE } from './shadow-price.js';

describe('the least shadow price', () => {
  it.each([
    ['nothing is saved by it', 0.01, 0, HIGHEST_PRICE],
    ['any request is worth sending', 0, 0, 0],
    ['any request is worth sending, however much is read', 0, 7, 0],
    ['an average day is read once a day', 0.01, 1, 0.01],
    ['an average day is read ten times a day', 0.01, 10, 0.001],
  ])('where %s', (_, minValue, readsPerDay, price) => {
    expect(leastPrice(minValue, readsPerDay)).toBe(price);
  });
});

describe('the least rank', () => {
  it('is 1 where the least price is the price, and falls as the budget gets scarce', () => {
    expect(leastRank(0.5, 0.5)).toBe(1);
    expect(leastRank(0.5, 50)).toBeCloseTo(0.1, 12);
    expect(leastRank(0, 1)).toBe(0);
  });

  it('never lies outside of 0 to 1', () => {
    const price = fc.double({ min: 1e-12, max: HIGHEST_PRICE, noNaN: true });
    fc.assert(
      fc.property(price, price, (least, given) => {
        const rank = leastRank(least, given);
        expect(rank).toBeGreaterThanOrEqual(0);
        expect(rank).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });
});

describe('the price for days that were never confirmed', () => {
  it('is the shadow price, unless the least price sets that: then at most what the budget affords at first', () => {
    expect(fillPrice(3, 0, 0.1)).toBe(3);
    expect(fillPrice(3, 1, 0.1)).toBe(3);
    expect(fillPrice(3, 2.9, 0.1)).toBe(0.1);
    expect(fillPrice(3, 2.9, 7)).toBe(3);
    expect(fillPrice(HIGHEST_PRICE, HIGHEST_PRICE, 0.1)).toBe(0.1);
  });
});
