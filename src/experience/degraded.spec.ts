import { describe, expect, it } from '@jest/globals';
import { degradedCalendar, degradedDay, type DayTrouble } from './degraded.js';

const NOW = Date.parse('2026-03-02T04:00:00.000Z');
const SINCE = '2026-03-02T03:00:00.000Z';
const DAY: DayTrouble = {
  ...{ failure: null, failingSince: null, staleAfter: NOW + 1, changedAt: Date.parse(SINCE) },
  ...{ dropped: 0, openSlots: 1 },
};
const FAILING = { failure: 'bad_answer', failingSince: Date.parse(SINCE) };

describe('a day is degraded', () => {
  it.each([
    ['while it is as fresh as promised, whatever fails', { ...DAY, ...FAILING }, null],
    ['when it is older than its max age but nothing fails', { ...DAY, staleAfter: NOW }, null],
    ['when its requests fail and it is older than its max age', { ...DAY, ...FAILING, staleAfter: NOW }, 'bad_answer'],
    [
      'when its requests fail and it was never known',
      { ...DAY, ...FAILING, staleAfter: null, openSlots: null },
      'bad_answer',
    ],
    ['when some of its slots could not be read', { ...DAY, dropped: 1 }, null],
    ['when none can be booked, and some could not be read', { ...DAY, dropped: 3, openSlots: 0 }, 'slot_dropped'],
    ['when none can be booked', { ...DAY, openSlots: 0 }, null],
  ])('%s', (_, day, code) => {
    expect(degradedDay(day, NOW)).toEqual(code && { code, since: SINCE });
  });
});

describe('a calendar is degraded', () => {
  it('when dates of it are, and lists them', () => {
    const told = degradedCalendar({ ...FAILING, failingDates: '"2026-03-03","2026-03-04"' }, NOW);
    expect(JSON.parse(told ?? '')).toEqual({ code: 'bad_answer', since: SINCE, dates: ['2026-03-03', '2026-03-04'] });
  });

  it('not while none is', () => {
    expect(degradedCalendar({ failure: null, failingSince: null, failingDates: null }, NOW)).toBeNull();
  });
});
