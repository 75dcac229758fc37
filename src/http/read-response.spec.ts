import { describe, expect, it } from '@jest/globals';
import { lifeSeconds } from './read-response.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');

describe('how long a cache may keep a response', () => {
  it.each([
    ['until it is stale', after(30_000), true, 30],
    ['in whole seconds, rounded down', after(30_999), true, 30],
    ['a minute at most', after(3_600_000), true, 60],
    ['five seconds at most while it is incomplete', after(3_600_000), false, 5],
    ['zero once it is stale', after(-1), true, 0],
    ['zero from the instant on at which it becomes stale', after(0), true, 0],
    ['zero where no max age is known', null, true, 0],
  ])('is %s', (_, staleAfter, complete, seconds) => {
    expect(lifeSeconds({ staleAfter, complete }, NOW)).toBe(seconds);
  });
});

function after(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}
