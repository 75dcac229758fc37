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
  ])('on %j is on the date that was asked for', (startDate) => {
    expect(slotOf(leapSlot({ startDate })).startDate).toBe('2026-03-02');
  });

  it.each([
    '2026-03-03',
    '2026-03-01T16:00:00Z',
    '2026-03-02T01:00:00Z',
    '2026-03-02T24:00:00',
    'today',
    '20260302',
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
