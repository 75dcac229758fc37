import { describe, expect, it } from '@jest/globals';
import { daysAfter } from './calendar.js';
import { priceChange, priceOf } from './prices.js';
import { product } from './products.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2025-03-28T03:00:00Z');
const HOURS = Array.from({ length: 240 }, (_, hour) => NOW + hour * HOUR);
const DATES = Array.from({ length: 60 }, (_, day) => daysAfter('2025-04-01', day));

const changes = (now: number): number[] => DATES.map((date) => priceChange(product(14), date, now, 1));
const median = (list: number[]): number => [...list].sort((one, other) => one - other)[list.length / 2] ?? NaN;

describe('the changes of prices', () => {
  it('meet all dates of a product at once, up and down, and end again', () => {
    const bulk = HOURS.map((now) => median(changes(now)));
    expect(bulk).toContain(0);
    expect(Math.max(...bulk)).toBeGreaterThan(0);
    expect(Math.min(...bulk)).toBeLessThan(0);
  });

  it('meet a few dates alone', () => {
    const alone = HOURS.map((now) => changes(now).filter((change, _, all) => change !== median(all)).length);
    const average = alone.reduce((sum, count) => sum + count, 0) / alone.length;
    expect(average).toBeGreaterThan(0.5);
    expect(average).toBeLessThan(10);
  });

  it('last for some hours', () => {
    const steps = HOURS.filter((now) => median(changes(now)) !== median(changes(now - HOUR)));
    expect(steps.length).toBeLessThanOrEqual(21);
  });
});

describe('a price', () => {
  const adult = { name: 'Adult', ages: [12, 99] as const, capacity: 10, cents: 212_14 };

  it('is whole cents, with 100 more struck through', () => {
    const price = { discount: 0, currencyCode: 'SGD' };
    expect(priceOf(adult, 0, 0, 'SGD')).toEqual({ ...price, finalPrice: 212.14, originalPrice: 312.14 });
    expect(priceOf(adult, 30_00, -10, 'SGD')).toEqual({ ...price, finalPrice: 217.93, originalPrice: 317.93 });
  });

  it('is nothing for who comes free, whatever changes', () => {
    const price = priceOf({ ...adult, cents: 0 }, 30_00, 8, 'MYR');
    expect(price).toEqual({ discount: 0, finalPrice: 0, originalPrice: 0, currencyCode: 'MYR' });
  });
});
