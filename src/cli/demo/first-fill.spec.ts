import { describe, expect, it } from '@jest/globals';
import { fillOf, fillText, isFull } from './first-fill.js';

const fill = (confirmed: number, days = 305) => ({ confirmed, days, perMinute: 30 });

describe('the first fill', () => {
  it('counts the days that were confirmed at least once', () => {
    const freshness = {
      days: 305,
      neverFetched: 300,
      fresh: 4,
      stale: 1,
      share: 0,
      oldestAsOf: null,
      tiers: [],
      suppliers: [],
    };
    expect(fillOf({ freshness, budget: { requestsPerMinute: 30 } })).toEqual(fill(5));
  });

  it('is shown with a count and the minutes left', () => {
    expect(fillText(fill(122))).toBe('122 of 305 days mirrored, about 7 min left');
    expect(fillText(fill(0, 0))).toBe('0 of 0 days mirrored, about 0 min left');
  });

  it('is complete with its last day, and not before there are days', () => {
    expect([fill(304), fill(305), fill(0, 0)].map(isFull)).toEqual([false, true, false]);
  });
});
