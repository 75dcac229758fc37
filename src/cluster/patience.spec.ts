import { describe, expect, it } from '@jest/globals';
import { MOST_FAILED_STARTS, Patience } from './patience.js';

const times = <T>(count: number, of: () => T): T[] => Array.from({ length: count }, of);

describe('the patience with a worker', () => {
  it('replaces the first at once, then waits longer and longer, but not for ever', () => {
    const patience = new Patience();
    expect(times(9, () => patience.ended(true))).toEqual([0, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(times(100, () => patience.ended(true)).at(-1)).toBe(10_000);
  });

  it('is whole again after one that served for long', () => {
    const patience = new Patience();
    times(5, () => patience.ended(true));
    patience.renew();
    expect(times(2, () => patience.ended(true))).toEqual([0, 250]);
  });

  it('is lost after so many in a row that never served', () => {
    const patience = new Patience();
    const pauses = times(MOST_FAILED_STARTS, () => patience.ended(false));
    expect(pauses).toEqual([0, 250, 500, 1_000, undefined]);
  });

  it('is not lost while one serves in between', () => {
    const patience = new Patience();
    for (let rounds = 0; rounds < 3; rounds += 1) {
      expect(times(MOST_FAILED_STARTS - 1, () => patience.ended(false))).not.toContain(undefined);
      expect(patience.ended(true)).toBeDefined();
    }
  });
});
