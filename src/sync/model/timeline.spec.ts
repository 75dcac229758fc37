import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantAt, parseLocalDate, startOfDate, type LocalDate } from '../../time/index.js';
import { activityOf } from './activity.js';
import { timelineOf } from './timeline.js';

const DATE = parseLocalDate('2026-03-29') as LocalDate;
/** The clocks of Berlin go forward on that date. */
const ZONES = ['Asia/Singapore', 'Europe/Berlin', 'America/St_Johns'];
const EVEN = activityOf(Array.from({ length: 24 }, () => 1));
const EVENING = activityOf(Array.from({ length: 24 }, (_, hour) => (hour >= 18 ? 520 : 20)));

describe('the activity lead of an instant', () => {
  it('is a whole number at midnights, 0 when the date begins and −1 when it is over', () => {
    const { leadAt } = timelineOf(DATE, 'Europe/Berlin', EVENING);
    const midnight = (text: string) => startOfDate(parseLocalDate(text) as LocalDate, 'Europe/Berlin').getTime();
    expect(leadAt(midnight('2026-03-27'))).toBe(2);
    expect(leadAt(midnight('2026-03-29'))).toBe(0);
    expect(leadAt(midnight('2026-03-30'))).toBe(-1);
  });

  it('falls faster in the hours in which most is read', () => {
    const { leadAt } = timelineOf(DATE, 'Asia/Singapore', EVENING);
    const at = (time: string) => instantAt(DATE, time, 'Asia/Singapore');
    expect(leadAt(at('06:00')) - leadAt(at('09:00'))).toBeLessThan(leadAt(at('18:00')) - leadAt(at('21:00')));
  });

  it('falls to −1 at the last start of the date, and only on that date', () => {
    const { leadAt, instantOf } = timelineOf(DATE, 'Asia/Singapore', EVEN, '12:00');
    const at = (time: string, date = DATE) => instantAt(date, time, 'Asia/Singapore');
    expect(leadAt(at('00:00'))).toBeCloseTo(0, 9);
    expect(leadAt(at('06:00'))).toBeCloseTo(-0.5, 9);
    expect(leadAt(at('12:00'))).toBe(-1);
    expect(leadAt(at('18:00'))).toBe(-1);
    expect(instantOf(-1)).toBe(at('12:00'));
    expect(leadAt(at('18:00', parseLocalDate('2026-03-28') as LocalDate))).toBeCloseTo(0.25, 9);
  });

  it('leads back to the instant', () => {
    const zones = fc.constantFrom(...ZONES);
    const lastStarts = fc.constantFrom(null, '09:30', '21:00');
    fc.assert(
      fc.property(zones, lastStarts, fc.double({ min: -1, max: 60, noNaN: true }), (zone, lastStart, u) => {
        const { leadAt, instantOf } = timelineOf(DATE, zone, EVENING, lastStart);
        // Where hardly anything happens, a millisecond is as good as none: half a second of the night.
        expect(Math.abs(leadAt(instantOf(u)) - u)).toBeLessThan(1e-6);
      }),
    );
  });
});
