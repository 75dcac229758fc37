import { describe, expect, it } from '@jest/globals';
import { GIVE_UP_MS, retryPauseMs } from './retry-schedule.js';

describe('the pause after a failed attempt', () => {
  it('grows from a second to four hours, and by up to a fifth at random', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100].map((attempts) => retryPauseMs(attempts, null, 0) / 1_000);
    expect(pauses).toEqual([1, 5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 14_400, 14_400]);
    expect(retryPauseMs(3, null, 1)).toBe(36_000);
  });

  it('is at least what the receiver asks for, up to six hours', () => {
    expect(retryPauseMs(1, 90_000, 0)).toBe(90_000);
    expect(retryPauseMs(3, 500, 0)).toBe(30_000);
    expect(retryPauseMs(1, 86_400_000, 0)).toBe(6 * 3_600_000);
  });

  it('allows some 24 attempts in three days', () => {
    let [attempts, passed] = [0, 0];
    while (passed < GIVE_UP_MS) passed += retryPauseMs(++attempts, null, 0.5);
    expect(attempts).toBeGreaterThan(20);
    expect(attempts).toBeLessThan(30);
  });
});
