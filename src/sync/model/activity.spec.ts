import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { activityBefore, activityCurve, partOfDay } from './activity.js';

const reads = fc.array(fc.nat({ max: 10_000 }), { minLength: 24, maxLength: 24 });
const days = fc.double({ min: 1e-3, max: 30, noNaN: true });
const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('the activity of a day', () => {
  it('rises from 0 to 1 over the day, and tells the part of the day from the share', () => {
    fc.assert(
      fc.property(reads, days, part, part, (counts, counted, one, other) => {
        const curve = activityCurve(counts, counted);
        expect(activityBefore(curve, 0)).toBe(0);
        expect(activityBefore(curve, 1)).toBe(1);
        if (one < other) expect(activityBefore(curve, one)).toBeLessThanOrEqual(activityBefore(curve, other));
        expect(partOfDay(curve, activityBefore(curve, one))).toBeCloseTo(one, 9);
      }),
      { seed: 1 },
    );
  });

  it('is even before anything was read', () => {
    const curve = activityCurve([], 0);
    for (const share of [0.1, 0.5, 0.99]) expect(activityBefore(curve, share)).toBeCloseTo(share, 12);
  });

  it('follows the reads once they were counted for many days', () => {
    const evening = Array.from({ length: 24 }, (_, hour) => (hour >= 18 ? 10_000 : 0));
    expect(activityBefore(activityCurve(evening, 14), 0.75)).toBeLessThan(0.15);
  });

  it('stays nearly even in the first minutes of a service, however many reads fall into that one hour', () => {
    const firstMinutes = Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 20_000 : 0));
    const curve = activityCurve(firstMinutes, 10 / 1_440);
    expect(activityBefore(curve, 13 / 24) - activityBefore(curve, 12 / 24)).toBeLessThan(1.2 / 24);
  });
});
