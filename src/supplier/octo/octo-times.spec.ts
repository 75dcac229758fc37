import { describe, expect, it } from '@jest/globals';
import { closesAt } from '../../inventory/index.js';
import { octoSlot, octoTicket } from '../../../test/fixtures/octo-answers.js';
import type { LocalDate } from '../../time/index.js';
import { readItems, slotOf, whyDropped } from '../../../test/setup/octo-reading.js';

function timesOf(localDateTimeStart: string, localDateTimeEnd: unknown): unknown[] {
  const date = localDateTimeStart.slice(0, 10);
  const { startDate, startTime, endTime } = slotOf(octoSlot({ localDateTimeStart, localDateTimeEnd }), {}, date);
  return [startDate, startTime, endTime];
}

describe('the times of a slot', () => {
  it.each<[what: string, start: string, end: unknown, read: unknown[]]>([
    ['as written', '2026-06-01T10:00:00+02:00', '2026-06-01T11:30:00+02:00', ['2026-06-01', '10:00', '11:30']],
    ['in winter', '2026-01-05T10:00:00+01:00', '2026-01-05T11:30:00+01:00', ['2026-01-05', '10:00', '11:30']],
    ['without an offset', '2026-06-01T10:00', '2026-06-01T11:30:00', ['2026-06-01', '10:00', '11:30']],
    ['across midnight', '2026-06-01T23:00:00+02:00', '2026-06-02T01:00:00+02:00', ['2026-06-01', '23:00', '01:00']],
    ['to midnight', '2026-06-01T20:00:00+02:00', '2026-06-02T00:00:00+02:00', ['2026-06-01', '20:00', '00:00']],
    ['to the last second', '2026-06-01T08:00:00+02:00', '2026-06-01T23:59:59+02:00', ['2026-06-01', '08:00', '23:59']],
    ['without an end', '2026-06-01T10:00:00+02:00', null, ['2026-06-01', '10:00', null]],
    ['of a date', '2026-06-01T00:00:00+02:00', '2026-06-02T00:00:00+02:00', ['2026-06-01', '00:00', '24:00']],
    ['of 30 hours', '2026-06-01T09:00:00+02:00', '2026-06-02T15:00:00+02:00', ['2026-06-01', '09:00', null]],
    ['of three days', '2026-06-01T09:00:00+02:00', '2026-06-04T17:00:00+02:00', ['2026-06-01', '09:00', null]],
    [
      'over the end of summer',
      '2026-10-24T23:00:00+02:00',
      '2026-10-25T04:00:00+01:00',
      ['2026-10-24', '23:00', '04:00'],
    ],
  ])('are read %s', (_, start, end, read) => {
    expect(timesOf(start, end)).toEqual(read);
  });

  it('are twice 02:30 in the night when it is twice 02:30', () => {
    const slots = ['+02:00', '+01:00'].map((offset) => {
      const at = `2026-10-25T02:30:00${offset}`;
      return octoSlot({ id: at, localDateTimeStart: at, localDateTimeEnd: `2026-10-25T05:00:00+01:00` });
    });
    const date = '2026-10-25' as LocalDate;
    const day = readItems(slots, { first: date, last: date }).get('2026-10-25');
    expect(day?.slots.map(({ startTime }) => startTime)).toEqual(['02:30', '02:30']);
  });

  it.each([
    ['2026-03-29T02:30:00+01:00', 'a time that does not exist'],
    ['2026-06-01T10:00:00+01:00', 'an offset of another zone'],
    ['2026-06-01T08:00:00Z', 'UTC'],
  ])('are refused for %s: %s', (localDateTimeStart) => {
    const date = localDateTimeStart.slice(0, 10);
    expect(whyDropped(octoSlot({ localDateTimeStart, localDateTimeEnd: null }), {}, date)).toContain(
      'is not in the zone Europe/Berlin',
    );
  });

  it('are refused if the end is before the start', () => {
    expect(whyDropped(octoSlot({ localDateTimeEnd: '2026-06-01T09:00:00+02:00' }))).toContain(
      'is no end of what starts',
    );
  });
});

describe('a ticket with opening hours', () => {
  it.each<[what: string, openingHours: unknown, start: string, end: string, closes: string]>([
    ['until the window ends', [{ from: '09:00', to: '18:00' }], '09:00', '18:00', '18:00'],
    ['until midnight', [{ from: '09:00', to: '00:00' }], '09:00', '24:00', '24:00'],
    [
      'all date, for a window that would close at its start',
      [{ from: '10:00', to: '13:00' }],
      '00:00',
      '24:00',
      '24:00',
    ],
    ['all date, for a window across midnight', [{ from: '18:00', to: '02:00' }], '00:00', '24:00', '24:00'],
    ['all date, for an empty window', [{ from: '09:00', to: '09:00' }], '00:00', '24:00', '24:00'],
    [
      'all date, for two windows',
      [
        { from: '09:00', to: '13:00' },
        { from: '15:00', to: '20:00' },
      ],
      ...(['00:00', '24:00', '24:00'] as const),
    ],
    ['all date, without hours', [], '00:00', '24:00', '24:00'],
    ['all date, for hours that can’t be read', [{ from: 'nine', to: 18 }], '00:00', '24:00', '24:00'],
    ['all date, for a list of nothing', [null], '00:00', '24:00', '24:00'],
  ])('can be booked %s', (_, openingHours, startTime, endTime, closes) => {
    const slot = slotOf(octoTicket('2026-06-01', { openingHours }));
    expect(slot).toMatchObject({ startTime, endTime, remaining: null });
    expect(closesAt(slot)).toBe(closes);
  });

  it.each([[[]], [null], [undefined]])('without hours (%j) that starts later is a slot', (openingHours) => {
    const times = { localDateTimeStart: '2026-06-01T10:30:00+02:00', localDateTimeEnd: '2026-06-01T12:00:00+02:00' };
    const slot = slotOf(octoTicket('2026-06-01', { ...times, openingHours }));
    expect(slot).toMatchObject({ startTime: '10:30', endTime: '12:00' });
  });

  it('is of the date that is written, if it is written as its midnight', () => {
    const ticket = octoTicket('2026-06-01', { localDateTimeStart: '2026-06-01T00:00:00Z' });
    expect(slotOf(ticket).startDate).toBe('2026-06-01');
    const instant = octoTicket('2026-06-01', { localDateTimeStart: '2026-06-01T22:00:00Z' });
    expect(whyDropped(instant)).toContain('is not in the zone');
  });
});
