import { describe, expect, it } from '@jest/globals';
import { bookedShare, soldShare } from './bookings.js';
import { startOf } from './calendar.js';
import { productsOf, product } from './products.js';

const DAY = 86_400_000;

describe('the share of bookings a slot has', () => {
  it('grows as its date comes nearer, half of it in the last week', () => {
    expect([200, 120, 60, 7, 2, 0].map(bookedShare)).toEqual([0, 0, 0.1, 0.48, 0.62, 1]);
    expect(bookedShare(4.5)).toBeCloseTo(0.55);
  });

  it('never falls and stays between nothing and all, for any slot', () => {
    for (const each of productsOf(40)) {
      const start = startOf('2025-06-01', '09:00');
      const shares = Array.from({ length: 300 }, (_, step) => start - (150 - step / 2) * DAY).map((now) =>
        soldShare(each, '2025-06-01', '09:00', now, 7),
      );
      expect(shares).toEqual([...shares].sort((one, other) => one - other));
      expect(shares.at(0)).toBe(0);
      expect(shares.at(-1)).toBeLessThanOrEqual(1);
    }
  });

  it('is all from the start on, in Singapore', () => {
    const neverSoldOut = { ...product(14), soldOutShare: 0 };
    const at = (now: string) => soldShare(neverSoldOut, '2025-06-01', '04:00', Date.parse(now), 1);
    expect(at('2025-05-31T19:59:59Z')).toBeLessThan(1);
    expect(at('2025-05-31T20:00:00Z')).toBe(1);
    expect(at('2030-01-01T00:00:00Z')).toBe(1);
  });
});
