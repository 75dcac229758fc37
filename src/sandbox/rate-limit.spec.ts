import { describe, expect, it } from '@jest/globals';
import { RateLimit } from './rate-limit.js';

const accepted = { accepted: true };

describe('the rate limit', () => {
  it('takes as many as it says, and names the instant when the oldest leaves the window', () => {
    const limit = new RateLimit(2);
    expect([limit.take(1000), limit.take(1500), limit.take(1600)]).toEqual([
      accepted,
      accepted,
      { accepted: false, reset: 61_000 },
    ]);
  });

  it('opens exactly 60 seconds after a request, for one', () => {
    const limit = new RateLimit(2);
    limit.take(1000);
    limit.take(1500);
    expect(limit.take(60_999)).toEqual({ accepted: false, reset: 61_000 });
    expect(limit.take(61_000)).toEqual(accepted);
    expect(limit.take(61_000)).toEqual({ accepted: false, reset: 61_500 });
  });

  it('says how many more it would take', () => {
    const limit = new RateLimit(2);
    const left = [limit.remaining(0)];
    for (const at of [0, 10, 20]) {
      limit.take(at);
      left.push(limit.remaining(at));
    }
    expect([...left, limit.remaining(60_000), limit.remaining(60_010)]).toEqual([2, 1, 0, 0, 1, 2]);
  });

  it('does not count what it refused', () => {
    const limit = new RateLimit(1);
    limit.take(0);
    for (let at = 1; at < 60_000; at += 1000) expect(limit.take(at).accepted).toBe(false);
    expect(limit.take(60_000)).toEqual(accepted);
  });

  it('never lets more through in any 60 seconds, however they come', () => {
    const limit = new RateLimit(30);
    const arrivals = Array.from({ length: 5000 }, (_, index) => index * 137 + ((index * 7919) % 131));
    const taken = arrivals.filter((at) => limit.take(at).accepted);
    taken.forEach((at, index) => {
      expect(at - (taken[index - 30] ?? -Infinity)).toBeGreaterThanOrEqual(60_000);
    });
    expect(taken.length).toBeGreaterThan(300);
  });
});
