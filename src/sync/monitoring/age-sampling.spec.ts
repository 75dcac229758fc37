import { describe, expect, it } from '@jest/globals';
import { parseTiers } from '../../config/index.js';
import { drawnLeads, errorOf, quantileOf } from './age-sampling.js';

const TIERS = parseTiers('1:15m,7:4h,61:24h');

describe('which days are read for the ages', () => {
  it('all of a small catalogue', () => {
    expect(drawnLeads(TIERS, 5_000, 82)).toEqual({
      percent: 100,
      leads: [
        { from: 0, to: 1, each: 1 },
        { from: 1, to: 7, each: 6 },
        { from: 7, to: 61, each: 54 },
      ],
    });
  });

  it.each([
    [125, 100, [1, 2, 2]],
    [250, 100, [1, 1, 1]],
    [500, 50, [1, 1, 1]],
    [20_000, 1.25, [1, 1, 1]],
  ])('of %d experiences as many as of 250: %d % of them', (experiences, percent, each) => {
    const found = drawnLeads(TIERS, experiences * 61, experiences);
    expect([found.percent, found.leads.map((leads) => leads.each)]).toEqual([percent, each]);
  });
});

describe('the error of a share', () => {
  it('is none where all are read, and little where many are', () => {
    expect([errorOf(200, 200), errorOf(0, 0), errorOf(1, 1)]).toEqual([0, 0, 0]);
    expect(errorOf(250, 1_000_000)).toBeCloseTo(0.062, 3);
    expect(errorOf(400, 500)).toBeLessThan(0.025);
    expect(errorOf(0, 500)).toBe(1);
  });
});

describe('a quantile', () => {
  const even = [30, 10, 20].map((seconds) => ({ seconds, weight: 7 }));

  it('of ages of equal weight is interpolated between two of them', () => {
    expect([0, 0.25, 0.5, 1].map((part) => quantileOf(even, part))).toEqual([10, 15, 20, 30]);
    expect(quantileOf([], 0.5)).toBeNull();
  });

  it('goes by weight', () => {
    const ages = [
      { seconds: 10, weight: 1 },
      { seconds: 20, weight: 98 },
      { seconds: 30, weight: 1 },
    ];
    expect(quantileOf(ages, 0.05)).toBeCloseTo(20.4, 1);
  });
});
