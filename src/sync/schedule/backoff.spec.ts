import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs } from './backoff.js';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('after failures in a row a day is left alone', () => {
  it.each([
    [1, 5_000, 10_000],
    [2, 10_000, 20_000],
    [3, 20_000, 40_000],
    [8, 640_000, 1_280_000],
    [9, 900_000, 1_800_000],
    [50, 900_000, 1_800_000],
  ])('after %d for %d to %d ms', (failures, least, most) => {
    expect(backoffMs(failures, 0)).toBe(least);
    expect(backoffMs(failures, 0.999_999_999)).toBe(most);
  });

  it('never for longer than half an hour, never for no time, in whole milliseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), random, (failures, chance) => {
        const ms = backoffMs(failures, chance);
        expect(Number.isInteger(ms) && ms >= 5_000 && ms <= 1_800_000).toBe(true);
      }),
    );
  });

  it('never shorter after more failures, and spread by chance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), random, random, (failures, one, other) => {
        expect(backoffMs(failures + 1, one)).toBeGreaterThanOrEqual(backoffMs(failures, one));
        if (Math.abs(one - other) > 0.001) expect(backoffMs(failures, one)).not.toBe(backoffMs(failures, other));
      }),
    );
  });
});
