import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { leapSlot, NO_MASK } from '../../../test/fixtures/leap-answers.js';
import { slotOf, whyDropped } from '../../../test/setup/leap-reading.js';
import type { LocalDate } from '../../time/index.js';
import { readLeapAnswer } from './read-leap-answer.js';

describe('a start', () => {
  it.each([
    '04:00',
    '4:00',
    '04:00:00',
    '04:00:00.000',
    ' 04:00 ',
    '2026-03-02T04:00',
    '2026-03-02T04:00:00',
    '2026-03-02 04:00',
    'T04:00',
    't04:00:00',
    '2026-03-02t04:00:00',
    '2026/3/2 04:00',
    '20260302T04:00',
    '4:00 AM',
    '04:00am',
    '4am',
    '4 a.m.',
    '04:00:00 AM',
    '2026-03-02 4:00 AM',
  ])('at %s, and so an end, is 04:00', (time) => {
    expect(slotOf(leapSlot({ startTime: time, endTime: time }))).toMatchObject({
      startTime: '04:00',
      endTime: '04:00',
    });
  });

  it.each(['04:00+08:00', '4:00+0800', '04:00:00+08', '2026-03-02T04:00:00+08:00', '2026-03-02T04:00:00.000+08:00'])(
    'at %s, in the zone of the experience, is 04:00',
    (time) => {
      expect(slotOf(leapSlot({ startTime: time, endTime: time }))).toMatchObject({
        startTime: '04:00',
        endTime: '04:00',
      });
    },
  );

  it.each([
    ['12:00 AM', '00:00'],
    ['12:30am', '00:30'],
    ['1:00 AM', '01:00'],
    ['11:59 am', '11:59'],
    ['12:00 PM', '12:00'],
    ['12:30 p.m.', '12:30'],
    ['12pm', '12:00'],
    ['10:00 pm', '22:00'],
    ['10pm', '22:00'],
    ['11:59 PM', '23:59'],
    ['10:00 PM+08:00', '22:00'],
  ])('at %s is %s', (sent, startTime) => {
    expect(slotOf(leapSlot({ startTime: sent, endTime: null })).startTime).toBe(startTime);
  });

  it.each(['13:00 PM', '00:30 AM', '0 am', '24:00 AM', '10', '1000', '10.00', '01/12/2026 10:00', '10:00 noon'])(
    'at %s has no reading, or two',
    (startTime) => {
      expect(whyDropped(leapSlot({ startTime }))).toContain(`[0].startTime: expected a time, got "${startTime}"`);
    },
  );

  it('at an instant that is written in small letters is that instant', () => {
    const sent = leapSlot({ startDate: '2026-12-01', startTime: '2026-12-01t10:00:00z', endTime: '12:00z' });
    const asked = { date: '2026-12-01' as LocalDate, timeZone: 'UTC' };
    expect(readLeapAnswer(JSON.stringify([sent]), asked, NO_MASK)).toMatchObject({
      slots: [{ startDate: '2026-12-01', startTime: '10:00', endTime: '12:00' }],
      dropped: 0,
    });
  });

  it('is refused at once, however long it is', () => {
    const long = [' ', '0', ':00', '2026-03-02 ', '2026-03-02T', '4 '].map((unit) => `4${unit.repeat(100_000)}!`);
    const since = performance.now();
    for (const startTime of long) expect(whyDropped(leapSlot({ startTime }))).toContain('expected a time');
    for (const remaining of long) expect(whyDropped(leapSlot({ remaining }))).toContain('expected a whole number');
    expect(performance.now() - since).toBeLessThan(5_000);
  });

  it.each([
    ['04:00Z', 'is not in the zone Asia/Singapore'],
    ['2026-03-01T20:00:00Z', 'asked for 2026-03-02, got 2026-03-01'],
    ['04:00+09:00', 'is not in the zone Asia/Singapore'],
    ['2026-03-03T04:00', 'asked for 2026-03-02, got 2026-03-03'],
    ['24:00', 'belongs to the date after 2026-03-02'],
    ['25:30', 'belongs to the date after 2026-03-02'],
  ])('at %s contradicts what was asked for', (startTime, why) => {
    expect(whyDropped(leapSlot({ startTime }))).toContain(
      `[0].startTime: ${why.startsWith('asked') ? '' : `"${startTime}" `}${why}`,
    );
  });

  it.each([
    ['2026-03-29', '01:00+01:00', true],
    ['2026-03-29', '03:00+02:00', true],
    ['2026-03-29', '03:00+01:00', false],
    ['2026-03-29', '02:30+01:00', false],
    ['2026-10-25', '02:30+02:00', true],
    ['2026-10-25', '02:30+01:00', true],
    ['2026-10-25', '02:30Z', false],
  ])('on %s at %s in Berlin, where the clock changes, is readable: %s', (date, startTime, readable) => {
    const asked = { date: date as LocalDate, timeZone: 'Europe/Berlin' };
    const body = JSON.stringify([leapSlot({ startDate: date, startTime, endTime: null })]);
    expect(readLeapAnswer(body, asked, NO_MASK).slots).toHaveLength(readable ? 1 : 0);
  });

  it.each([
    null,
    undefined,
    '',
    '2026-03-02',
    ' 2026-03-02 ',
    '2026-03-02T00:00:00',
    '2026-03-02T00:00:00+08:00',
    '2026-03-02T00:00:00.000Z',
    '2026-03-02t00:00:00z',
    '2026/03/02',
    '2026/3/2',
    '2026.03.02',
    '2026-3-2',
    '20260302',
    20260302,
    '20260302T04:00',
    '2026/03/02 12:00 AM',
  ])('on %j is on the date that was asked for', (startDate) => {
    expect(slotOf(leapSlot({ startDate })).startDate).toBe('2026-03-02');
  });

  it.each([
    '2026-03-03',
    '2026-03-01T16:00:00Z',
    '2026-03-02T01:00:00Z',
    '2026-03-02T24:00:00',
    'today',
    '20260303',
    '2026/03/03',
    '02/03/2026',
    '03/02/2026',
    '2026/03-02',
    '2026-0302',
    '202632',
    5,
  ])('on %j is not', (startDate) => {
    expect(whyDropped(leapSlot({ startDate }))).toContain('[0].startDate: ');
  });
});

describe('an end', () => {
  it.each<[sent: unknown, read: string | null]>([
    [null, null],
    [undefined, null],
    ['', null],
    ['24:00', '24:00'],
    ['24:00:00', '24:00'],
    ['2026-03-02T24:00', '24:00'],
    ['25:30', '01:30'],
    ['24:30', '00:30'],
    ['47:59', '23:59'],
    ['01:30', '01:30'],
    ['01:30+08:00', '01:30'],
    ['2026-03-03T01:30', '01:30'],
    ['2026-03-03 01:30:00+08:00', '01:30'],
    ['2026-03-03T00:00', '00:00'],
    ['12:00 AM', '00:00'],
    ['1:30 am', '01:30'],
    ['11 PM', '23:00'],
    ['2026/3/3 1:30 AM', '01:30'],
    ['20260303T01:30', '01:30'],
  ])('at %j of what starts at 22:00 is %j', (endTime, read) => {
    expect(slotOf(leapSlot({ startTime: '22:00', endTime })).endTime).toBe(read);
  });

  it.each([
    ['2026-03-02T21:00', 'is no end of what starts at 22:00'],
    ['2026-03-03T24:00', 'is no end of what starts at 22:00'],
    ['2026-03-04T01:00', 'asked for 2026-03-02, got 2026-03-04'],
    ['23:00Z', 'is not in the zone Asia/Singapore'],
    ['48:00', 'expected a time, got "48:00"'],
    ['later', 'expected a time, got "later"'],
    [true, 'expected a time, got true'],
  ])('at %j of what starts at 22:00 drops the slot', (endTime, why) => {
    expect(whyDropped(leapSlot({ startTime: '22:00', endTime }))).toContain(why);
  });
});
