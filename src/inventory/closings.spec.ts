import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyDay, anyTime, pax, price, supplied } from '../../test/fixtures/supplied-slots.js';
import { calendarEntry, nextClosing, summaryAt } from './closings.js';
import { dayDocument } from './day-document.js';
import { slotsAt } from './slots-in-time.js';
import type { SuppliedSlot } from './slot.js';

const NOTHING = { openSlots: 0, remaining: 0, price: null };

describe('the closings of a day', () => {
  it('tell of each closing time what can be booked until then', () => {
    const slots = [slot('10:00', 5, 30), slot('11:00', 4, 20), slot('12:00', null, 40)];
    expect(JSON.parse(dayDocument(slots).closings ?? '')).toEqual([
      ['10:00', 3, null, 20, 99, 1, 'SGD'],
      ['11:00', 2, null, 20, 99, 1, 'SGD'],
      ['12:00', 1, null, 40, 99, 1, 'SGD'],
    ]);
  });

  it('have one entry for slots that close together, and none for slots that can’t be booked', () => {
    const slots = [slot('10:00', 5, 30), { ...slot('10:00', 4, 20), variantId: null }, slot('11:00', 0, 10)];
    expect(JSON.parse(dayDocument(slots).closings ?? '')).toEqual([['10:00', 2, 9, 20, 99, 1, 'SGD']]);
  });

  it('are none where nothing can be booked', () => {
    expect(dayDocument([]).closings).toBeNull();
    expect(dayDocument([slot('10:00', 0, 10)]).closings).toBeNull();
    expect(summaryAt(null, '00:00')).toEqual(NOTHING);
    expect(nextClosing(null, '00:00')).toBeNull();
  });

  it('are read as of a time: what has started is not bookable', () => {
    const { closings } = dayDocument([slot('10:00', 5, 30), slot('11:00', 4, 20)]);
    expect(summaryAt(closings, '09:59')).toEqual({ openSlots: 2, remaining: 9, price: price(20) });
    expect(summaryAt(closings, '10:00')).toEqual({ openSlots: 1, remaining: 4, price: price(20) });
    expect(summaryAt(closings, '11:00')).toEqual(NOTHING);
    expect(['00:00', '09:59', '10:00', '10:59', '11:00'].map((time) => nextClosing(closings, time))).toEqual([
      ...['10:00', '10:00', '11:00', '11:00'],
      null,
    ]);
  });

  it('say at midnight what the summary of the day says, where nothing closes then', () => {
    fc.assert(
      fc.property(anyDay, (slots) => {
        fc.pre(slots.every(({ startTime }) => startTime > '00:00'));
        const { summary, closings } = dayDocument(slots);
        expect(summaryAt(closings, '00:00')).toEqual(summary);
      }),
    );
  });

  it('say at any time what a day of the slots that are still open would say', () => {
    fc.assert(
      fc.property(anyDay, anyTime, (slots, time) => {
        const { json, closings } = dayDocument(slots);
        const open = JSON.parse(slotsAt(json, time).json) as SuppliedSlot[];
        expect(summaryAt(closings, time)).toEqual(dayDocument(open).summary);
      }),
    );
  });
});

describe('the calendar’s entry of a day', () => {
  it('is JSON in the order of the contract', () => {
    const summary = {
      openSlots: 1,
      remaining: 150,
      price: { finalPrice: 341, originalPrice: 441, discount: 0, currencyCode: 'SGD' },
    };
    expect(calendarEntry('2026-12-13', summary)).toBe(
      '{"date":"2026-12-13","price":{"finalPrice":341,"originalPrice":441,"discount":0,"currencyCode":"SGD"},"remaining":150,"slots":1}',
    );
  });

  it('has null for what is unlimited, or not named', () => {
    const { summary } = dayDocument([
      supplied({
        remaining: null,
        paxAvailability: [pax({ price: { ...price(5), originalPrice: null, discount: null } })],
      }),
    ]);
    expect(calendarEntry('2026-12-13', summary)).toBe(
      '{"date":"2026-12-13","price":{"finalPrice":5,"originalPrice":null,"discount":null,"currencyCode":"SGD"},"remaining":null,"slots":1}',
    );
  });

  it('is none where nothing is open', () => {
    expect(calendarEntry('2026-12-13', NOTHING)).toBeNull();
  });
});

function slot(startTime: string, remaining: number | null, amount: number): SuppliedSlot {
  const paxAvailability = [pax({ isPrimary: true, price: price(amount) })];
  return supplied({ startTime, endTime: startTime, remaining, paxAvailability }, `at-${startTime}`);
}
