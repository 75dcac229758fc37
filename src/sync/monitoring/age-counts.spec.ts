import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { ageHistograms } from './age-counts.js';

const tier = (days: number, maxAgeMs: number) => ({ days, maxAgeMs });

describe('the ages of the days of a tier', () => {
  it('are those of all known days, as its sample has them', () => {
    const sampled = { tier: tier(7, 900_000), known: 1_000, ages: [10, 20, 70, 80], error: 0.4 };
    const [histogram] = ageHistograms([sampled], [60, 300]);
    expect(histogram?.counts.map(({ days }) => days)).toEqual([500, 1_000, 1_000]);
    expect(histogram?.error).toBe(0.4);
  });

  it('are counted together where those of several suppliers reach equally far, each sample for its own days', () => {
    const ages = [
      { tier: tier(61, 900_000), known: 100, ages: [10, 70], error: 0 },
      { tier: tier(7, 900_000), known: 0, ages: [], error: 0 },
      { tier: tier(61, 60_000), known: 900, ages: [10, 20, 70], error: 0.3 },
    ];
    const [near, far] = ageHistograms(ages, [60]);
    expect([near?.withinDays, near?.error, near?.counts.map(({ days }) => days)]).toEqual([7, 0, [0, 0]]);
    expect([far?.withinDays, far?.counts.map(({ days }) => days)]).toEqual([61, [650, 1_000]]);
    expect(far?.error).toBeCloseTo(0.27, 10);
  });
});
