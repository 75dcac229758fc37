import { describe, expect, it } from '@jest/globals';
import { datesBetween } from '../calendar.js';
import { product } from '../products.js';
import { slotsOf } from '../truth.js';
import type { OctoSlot } from './octo-slot.js';
import { octoSlotsOf } from './octo-truth.js';

const NOW = Date.parse('2025-03-28T03:00:00Z');
const DAY = 86_400_000;
const MONTH = datesBetween('2025-03-28', '2025-04-27');

const slots = (id: number, date: string, now = NOW, option = 'DEFAULT'): OctoSlot[] =>
  octoSlotsOf(product(id), option, date, now, 1);
const month = (id: number, now = NOW): OctoSlot[] => MONTH.flatMap((date) => slots(id, date, now));
const starts = (list: readonly OctoSlot[]): string[] => list.map(({ localDateTimeStart }) => localDateTimeStart);

describe('the truth in OCTO', () => {
  it('has the slots of Leap, with their places and prices, shared out to the options', () => {
    for (const date of MONTH) {
      const both = [...slots(14, date, NOW, 'shared'), ...slots(14, date, NOW, 'private')];
      const leap = slotsOf(product(14), date, NOW, 1).map(({ startDate, startTime, remaining, paxAvailability }) => ({
        start: `${startDate}T${startTime}:00+08:00`,
        vacancies: remaining,
        prices: paxAvailability.map(({ name, price }) => [name.toLowerCase(), Math.round(price.finalPrice * 100)]),
      }));
      const octo = both.map(({ localDateTimeStart, vacancies, unitPricing = [] }) => ({
        start: localDateTimeStart,
        vacancies,
        prices: unitPricing.map(({ unitId, retail }) => [unitId, retail]),
      }));
      expect(octo.toSorted(byStart)).toEqual(leap.toSorted(byStart));
    }
    expect(
      new Set(MONTH.flatMap((date) => starts(slots(14, date, NOW, 'private'))).map((start) => start.slice(14, 16))),
    ).toEqual(new Set(['30']));
  });

  it('knows its options', () => {
    expect(() => slots(14, '2025-04-03')).toThrow('octo-14 has no option DEFAULT');
  });

  it('has a product that never sells out, and names no number of places', () => {
    const all = month(15);
    expect(all).toHaveLength(5);
    for (const slot of all) {
      expect(slot).toMatchObject({
        available: true,
        status: 'FREESALE',
        vacancies: null,
        capacity: null,
        maxUnits: null,
      });
    }
  });

  it('has a product with opening hours: one item a day, for all the day', () => {
    const [day, ...others] = slots(16, '2025-04-03');
    expect(others).toEqual([]);
    const left = slotsOf(product(16), '2025-04-03', NOW, 1).reduce((sum, { remaining }) => sum + remaining, 0);
    expect(day).toMatchObject({
      localDateTimeStart: '2025-04-03T00:00:00+08:00',
      localDateTimeEnd: '2025-04-03T23:59:59+08:00',
      utcCutoffAt: '2025-04-03T09:00:00.000Z',
      allDay: true,
      vacancies: left,
      openingHours: [{ from: '09:00', to: '18:00' }],
    });
  });

  it('has slots that end on the next date, and a price for all who come', () => {
    const late = month(17).filter(({ localDateTimeStart }) => localDateTimeStart.includes('T20:45'));
    expect(late.length).toBeGreaterThan(10);
    for (const { localDateTimeStart, localDateTimeEnd, pricing, unitPricing } of late) {
      expect(Date.parse(localDateTimeEnd) - Date.parse(localDateTimeStart)).toBe(4 * 3_600_000);
      expect(localDateTimeEnd.slice(0, 10) > localDateTimeStart.slice(0, 10)).toBe(true);
      expect([pricing?.currencyPrecision, unitPricing]).toEqual([2, undefined]);
    }
  });

  it('has local times with the offset of their own instant, before and after clocks change', () => {
    const november = Date.parse('2025-10-20T00:00:00Z');
    expect(starts(slots(18, '2025-10-31', november)).every((start) => start.endsWith('-07:00'))).toBe(true);
    expect(starts(slots(18, '2025-11-03', november)).every((start) => start.endsWith('-08:00'))).toBe(true);
    expect(slots(18, '2025-10-31', november).length * slots(18, '2025-11-03', november).length).toBeGreaterThan(0);
  });

  it('sells a slot until it starts, on the clocks of its own zone', () => {
    const start = Date.parse('2025-04-02T07:15:00-07:00');
    const at = (now: number) =>
      slots(18, '2025-04-02', now).find(({ id }) => id === '2025-04-02T07:15:00-07:00') ?? { status: 'not listed' };
    const before = at(start - 1000);
    expect(before).toMatchObject({ available: true });
    expect(at(start)).toMatchObject({ available: false, status: 'CLOSED', vacancies: 0, maxUnits: 0 });
  });

  it('calls what is left by its status', () => {
    for (const { status, available, vacancies, capacity, maxUnits } of [...month(17), ...month(18)]) {
      const [left, of] = [vacancies ?? NaN, capacity ?? NaN];
      const expected = left === 0 ? ['SOLD_OUT', 'CLOSED'] : [left < of / 2 ? 'LIMITED' : 'AVAILABLE'];
      expect(expected).toContain(status);
      expect([available, maxUnits]).toEqual([left > 0, Math.min(20, left)]);
    }
    const statuses = new Set([...month(17), ...month(17, NOW + 5 * DAY), ...month(18)].map(({ status }) => status));
    expect([...statuses].sort()).toEqual(['AVAILABLE', 'CLOSED', 'LIMITED', 'SOLD_OUT']);
  });
});

function byStart(one: { start: string }, other: { start: string }): number {
  return one.start < other.start ? -1 : 1;
}
