import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anySlot } from '../../test/fixtures/supplied-slots.js';
import { closesAt, lastClosing } from './closing-time.js';

type Case = [what: string, startTime: string, endTime: string | null, closes: string];

describe('a slot can be booked', () => {
  it.each<Case>([
    ['a tour that ends when it starts', '04:00', '04:00', '04:00'],
    ['a tour without an end', '09:00', null, '09:00'],
    ['a tour just too short to be an entry window', '09:00', '12:59', '09:00'],
    ['a tour across midnight', '22:00', '01:30', '22:00'],
    ['a long tour across midnight', '20:00', '06:00', '20:00'],
    ['a short tour at midnight', '00:00', '03:59', '00:00'],
  ])('until it starts: %s', (_, startTime, endTime, closes) => {
    expect(closesAt({ startTime, endTime })).toBe(closes);
  });

  it.each<Case>([
    ['four hours', '09:00', '13:00', '13:00'],
    ['all day', '08:30', '22:15', '22:15'],
    ['till midnight', '20:00', '24:00', '24:00'],
    ['till midnight, as the first minute of the next date', '20:00', '00:00', '24:00'],
    ['from the first minute on', '00:01', '06:00', '06:00'],
  ])('until it ends, where it is an entry window: %s', (_, startTime, endTime, closes) => {
    expect(closesAt({ startTime, endTime })).toBe(closes);
  });

  it.each(['00:00', '24:00', '23:59', '04:00', '18:00', null])(
    'until the date is over, where it starts at midnight and ends at %s',
    (endTime) => {
      expect(closesAt({ startTime: '00:00', endTime })).toBe('24:00');
    },
  );

  it('never until before it starts, or after its date', () => {
    fc.assert(
      fc.property(anySlot, (slot) => {
        const closes = closesAt(slot);
        expect(closes).toMatch(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
        expect(closes >= slot.startTime).toBe(true);
      }),
    );
  });
});

describe('the last closing time', () => {
  const tour = (startTime: string) => ({ startTime, endTime: startTime });

  it('is that of the slot that closes last, wherever it is listed', () => {
    expect(lastClosing([tour('09:00'), tour('18:30'), { startTime: '10:00', endTime: '17:00' }])).toBe('18:30');
    expect(lastClosing([{ startTime: '10:00', endTime: '19:00' }, tour('18:30')])).toBe('19:00');
  });

  it('is none where a slot can be booked until the date is over, or where there are no slots', () => {
    expect(lastClosing([tour('09:00'), { startTime: '20:00', endTime: '24:00' }])).toBeNull();
    expect(lastClosing([])).toBeNull();
  });
});
