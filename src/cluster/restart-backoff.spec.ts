import { describe, expect, it } from '@jest/globals';
import { MOST_FAILED_STARTS, RestartBackoff } from './restart-backoff.js';

const times = <T>(count: number, of: () => T): T[] => Array.from({ length: count }, of);

describe('the backoff with a worker', () => {
  it('replaces the first at once, then waits longer and longer, but not for ever', () => {
    const backoff = new RestartBackoff();
    expect(times(9, () => backoff.ended(true))).toEqual([0, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(times(100, () => backoff.ended(true)).at(-1)).toBe(10_000);
  });

  it('is whole again after one that served for long', () => {
    const backoff = new RestartBackoff();
    times(5, () => backoff.ended(true));
    backoff.renew();
    expect(times(2, () => backoff.ended(true))).toEqual([0, 250]);
  });

  it('is lost after so many in a row that never served', () => {
    const backoff = new RestartBackoff();
    const pauses = times(MOST_FAILED_STARTS, () => backoff.ended(false));
    expect(pauses).toEqual([0, 250, 500, 1_000, undefined]);
  });

  it('is not lost while one serves in between', () => {
    const backoff = new RestartBackoff();
    for (let rounds = 0; rounds < 3; rounds += 1) {
      expect(times(MOST_FAILED_STARTS - 1, () => backoff.ended(false))).not.toContain(undefined);
      expect(backoff.ended(true)).toBeDefined();
    }
  });
});
