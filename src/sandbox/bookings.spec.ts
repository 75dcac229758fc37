import { describe, expect, it } from '@jest/globals';
import { bookedShare, soldPlaces, soldShare } from './bookings.js';
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

describe('the places of a slot that are sold', () => {
  const course = (capacity: number, about: readonly (string | number)[]) =>
    Array.from({ length: 10_001 }, (_, step) => soldPlaces(capacity, step / 10_000, about));

  it('are none at first, never fewer than before, and all in the end', () => {
    for (const capacity of [1, 7, 10, 25, 400]) {
      const sold = course(capacity, ['slot', capacity]);
      expect(sold).toEqual([...sold].sort((one, other) => one - other));
      expect([sold.at(0), sold.at(-1)]).toEqual([0, capacity]);
    }
  });

  it('stay within a lot of what is expected', () => {
    const off = course(400, ['slot']).map((sold, step) => Math.abs(sold - (400 * step) / 10_000));
    expect(Math.max(...off)).toBeLessThanOrEqual(10);
  });

  it('come at instants as random as bookings: the gaps vary about as much as they last', () => {
    const gaps = Array.from({ length: 50 }, (_, slot) => course(100, ['slot', slot])).flatMap((sold) => {
      const sales = sold.flatMap((count, step) => (step > 0 && count > (sold[step - 1] ?? 0) ? [step] : []));
      return sales.slice(1).map((step, index) => step - (sales[index] ?? 0));
    });
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(Math.sqrt(variance) / mean).toBeGreaterThan(0.85);
    expect(Math.sqrt(variance) / mean).toBeLessThan(1.15);
  });
});
