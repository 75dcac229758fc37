import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyDay, anyTime, supplied } from '../../test/fixtures/supplied-slots.js';
import { closesAt } from './closing-time.js';
import { dayDocument } from './day-document.js';
import { isBookable } from './bookable.js';
import { slotsAt } from './slots-in-time.js';
import type { Slot } from './slot.js';

const tour = (startTime: string) => supplied({ startTime, endTime: startTime }, startTime);
const { json: DAY } = dayDocument([tour('09:00'), tour('10:00'), tour('11:00')]);
const left = (json: string) => (JSON.parse(json) as Slot[]).map((slot) => slot.remaining);

describe('the slots of a day at a time', () => {
  it('are the very same text as long as nothing has closed', () => {
    expect(slotsAt(DAY, '08:59')).toEqual({ json: DAY, closed: 0, next: '09:00' });
    expect(slotsAt('[]', '23:59')).toEqual({ json: '[]', closed: 0, next: null });
  });

  it('are all listed, those that have closed with nothing left', () => {
    const { json, closed, next } = slotsAt(DAY, '10:00');
    expect(left(json)).toEqual([0, 0, 5]);
    expect((JSON.parse(json) as Slot[])[0]?.paxAvailability.map((pax) => pax.remaining)).toEqual([0]);
    expect([closed, next]).toEqual([2, '11:00']);
    expect(slotsAt(DAY, '11:00')).toMatchObject({ closed: 3, next: null });
  });

  it('are the same text where what has closed was sold out', () => {
    const { json } = dayDocument(slotsOf(slotsAt(DAY, '11:00').json));
    expect(slotsAt(json, '23:00')).toEqual({ json, closed: 0, next: null });
  });

  it('stay as they are where they can be booked until the date is over', () => {
    const { json } = dayDocument([supplied({ startTime: '00:00', endTime: '00:00' })]);
    expect(slotsAt(json, '23:59')).toEqual({ json, closed: 0, next: '24:00' });
  });

  it('can be booked, whatever the day, where they could before and close later', () => {
    fc.assert(
      fc.property(anyDay, anyTime, (slots, time) => {
        const before = slotsOf(dayDocument(slots).json);
        const { json, next } = slotsAt(dayDocument(slots).json, time);
        const after = slotsOf(json);
        expect(after).toHaveLength(before.length);
        after.forEach((slot, i) => {
          const open = closesAt(slot) > time;
          if (open) expect(slot).toEqual(before[i]);
          else expect(isBookable(slot)).toBe(false);
        });
        const closings = before.map(closesAt).filter((until) => until > time);
        expect(next).toBe(closings.sort()[0] ?? null);
      }),
    );
  });
});

function slotsOf(json: string): Slot[] {
  return JSON.parse(json) as Slot[];
}
