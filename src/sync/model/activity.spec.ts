import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { activityBefore, activityCurve, activityOf, partOfDay } from './activity.js';
import { fadedDays } from './fading.js';
import { fadeBy } from './rate-model.js';

const reads = fc.array(fc.nat({ max: 10_000 }), { minLength: 24, maxLength: 24 });
const days = fc.double({ min: 1e-3, max: 30, noNaN: true });
const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('the activity of a day', () => {
  it('rises from 0 to 1 over the day, and tells the part of the day from the share', () => {
    fc.assert(
      fc.property(reads, days, part, part, part, (counts, counted, now, one, other) => {
        const curve = activityCurve(counts, { days: counted, part: now });
        expect(activityBefore(curve, 0)).toBe(0);
        expect(activityBefore(curve, 1)).toBe(1);
        if (one < other) expect(activityBefore(curve, one)).toBeLessThanOrEqual(activityBefore(curve, other));
        expect(partOfDay(curve, activityBefore(curve, one))).toBeCloseTo(one, 9);
      }),
      { seed: 1 },
    );
  });

  it('is even before anything was read', () => {
    const curve = activityCurve([], { days: 0, part: 0.5 });
    for (const share of [0.1, 0.5, 0.99]) expect(activityBefore(curve, share)).toBeCloseTo(share, 12);
  });

  it('follows the reads once they were counted for many days', () => {
    const evening = Array.from({ length: 24 }, (_, hour) => (hour >= 18 ? 10_000 : 0));
    expect(activityBefore(activityCurve(evening, { days: 13.7, part: 0.5 }), 0.75)).toBeLessThan(0.01);
  });

  it('is learned within days, at any time of the day', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => 1.06 + Math.cos(((hour - 20) / 12) * Math.PI));
    const truth = activityOf(hours);
    for (const now of [1, 1.3, 2.5, 5.1, 9.9]) {
      // 400 reads an hour, since the start of day 0. They fade.
      const counts = hours.map((weight, hour) => {
        let count = 0;
        for (let at = hour / 24; at < now - 1e-9; at++) count += 400 * weight * fadeBy(now - at);
        return count;
      });
      const learned = activityCurve(counts, { days: fadedDays(now), part: now % 1 });
      for (const share of [0.25, 0.5, 0.75]) {
        expect(Math.abs(activityBefore(learned, share) / activityBefore(truth, share) - 1)).toBeLessThan(
          now < 2 ? 0.25 : 0.07,
        );
      }
    }
  });

  it('stays nearly even in the first minutes of a service, however many reads fall into that one hour', () => {
    const firstMinutes = Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 20_000 : 0));
    const curve = activityCurve(firstMinutes, { days: 10 / 1_440, part: 12.2 / 24 });
    expect(activityBefore(curve, 13 / 24) - activityBefore(curve, 12 / 24)).toBeLessThan(1.2 / 24);
  });
});
