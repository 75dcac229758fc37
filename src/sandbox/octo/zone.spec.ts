import { describe, expect, it } from '@jest/globals';
import { instantOf, localIso, offsetAt } from './zone.js';

const iso = (date: string, time: string, zone: string): string => localIso(instantOf(date, time, zone), zone);

describe('a local time', () => {
  it.each([
    ['2026-01-15', '07:15', 'America/Vancouver', '2026-01-15T07:15:00-08:00'],
    ['2026-07-15', '07:15', 'America/Vancouver', '2026-07-15T07:15:00-07:00'],
    ['2026-07-15', '00:00', 'Asia/Singapore', '2026-07-15T00:00:00+08:00'],
    ['2026-07-15', '23:59:59', 'Asia/Kathmandu', '2026-07-15T23:59:59+05:45'],
  ])('has the offset of its own instant: %s %s in %s', (date, time, zone, expected) => {
    expect(iso(date, time, zone)).toBe(expected);
  });

  it('keeps its date on the days when clocks change', () => {
    expect(iso('2026-03-08', '01:30', 'America/Vancouver')).toBe('2026-03-08T01:30:00-08:00');
    expect(iso('2026-03-08', '03:30', 'America/Vancouver')).toBe('2026-03-08T03:30:00-07:00');
    expect(iso('2025-11-02', '00:30', 'America/Vancouver')).toBe('2025-11-02T00:30:00-07:00');
    expect(iso('2025-11-02', '07:15', 'America/Vancouver')).toBe('2025-11-02T07:15:00-08:00');
  });

  it('that is skipped is later, and one that exists twice is the first', () => {
    expect(iso('2026-03-29', '02:30', 'Europe/Paris')).toBe('2026-03-29T03:30:00+02:00');
    expect(iso('2026-10-25', '02:30', 'Europe/Paris')).toBe('2026-10-25T02:30:00+02:00');
  });

  it('has an offset also between two seconds and before 1970', () => {
    expect(offsetAt(Date.parse('2026-07-15T10:00:00.999Z'), 'Asia/Singapore')).toBe(8 * 3_600_000);
    expect(offsetAt(Date.parse('1969-07-15T10:00:00.500Z'), 'Asia/Kolkata')).toBe(5.5 * 3_600_000);
  });
});
