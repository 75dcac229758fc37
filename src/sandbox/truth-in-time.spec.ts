import { describe, expect, it } from '@jest/globals';
import type { LeapSlot } from './leap-slot.js';
import { product } from './products.js';
import { slotsOf } from './truth.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2025-03-01T00:00:00Z');
const FRIDAY = '2025-05-02';

/** The day hour by hour, until it is over. */
const course = (id: number, date = FRIDAY): LeapSlot[][] => {
  const hours = (Date.parse(`${date}T16:00:00Z`) - NOW) / HOUR;
  return Array.from({ length: hours }, (_, hour) => slotsOf(product(id), date, NOW + hour * HOUR, 1));
};
const followed = (days: LeapSlot[][], time: string): (LeapSlot | undefined)[] => {
  return days.map((day) => day.find(({ startTime }) => startTime === time));
};

describe('a day in the course of time', () => {
  it('loses places and never gains any', () => {
    const left = followed(course(16), '10:00').flatMap((slot) => (slot ? [slot.remaining] : []));
    expect(left).toEqual([...left].sort((one, other) => other - one));
    expect(left.at(0)).toBeGreaterThan(380);
  });

  it('sells most places in the last week', () => {
    const week = 7 * 24;
    const left = followed(course(16), '10:00').map((slot) => slot?.remaining ?? NaN);
    const before = left.slice(0, -week).filter(Number.isFinite);
    const beforeStart = left.slice(0, -15).filter(Number.isFinite);
    const soldBefore = 400 - (before.at(-1) ?? NaN);
    expect(soldBefore).toBeGreaterThan(0);
    expect(400 - (beforeStart.at(-1) ?? NaN)).toBeGreaterThan(1.8 * soldBefore);
  });

  it('has slots that sell out before they start, with no place for anybody, and stay listed', () => {
    const soldOut = course(17)
      .slice(0, -24)
      .flat()
      .filter(({ remaining }) => remaining === 0);
    expect(soldOut.length).toBeGreaterThan(0);
    const places = soldOut.flatMap(({ paxAvailability }) => paxAvailability.map(({ remaining }) => remaining));
    expect(new Set(places)).toEqual(new Set([0]));
  });

  it('keeps what has started, with nothing left', () => {
    const over = slotsOf(product(16), FRIDAY, Date.parse('2025-05-03T00:00:00Z'), 1);
    expect(over.length).toBeGreaterThan(0);
    expect(over.every(({ remaining }) => remaining === 0)).toBe(true);
  });

  it('loses a slot for some hours, and gets it back', () => {
    const counts = course(16).map(({ length }) => length);
    expect(Math.max(...counts)).toBe(9);
    expect(counts.filter((count) => count < 9).length / counts.length).toBeGreaterThan(0.02);
    const gone = counts.findIndex((count) => count < 9);
    const back = counts.findIndex((count, hour) => hour > gone && count === 9);
    expect(back - gone).toBeGreaterThan(0);
    expect(back - gone).toBeLessThan(48);
  });

  it('changes its prices in steps, and keeps their cents', () => {
    const prices = course(18).flatMap((day) =>
      day.slice(0, 1).map((slot) => slot.paxAvailability[0]?.price.finalPrice),
    );
    expect(new Set(prices).size).toBeGreaterThan(2);
    expect(prices).toContain(149.9);
  });
});
