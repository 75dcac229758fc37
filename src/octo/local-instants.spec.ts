import { Temporal } from '@js-temporal/polyfill';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate } from '../time/index.js';
import { localInstant, localIso } from './local-instants.js';

const iso = (date: string, time: string, zone: string) => localIso(localInstant(date as LocalDate, time, zone));

describe('a local time in ISO 8601', () => {
  it.each([
    ['2026-03-08', '01:30', 'America/Vancouver', '2026-03-08T01:30:00-08:00'],
    ['2026-03-08', '02:30', 'America/Vancouver', '2026-03-08T03:30:00-07:00'],
    ['2026-03-08', '03:30', 'America/Vancouver', '2026-03-08T03:30:00-07:00'],
    ['2025-11-02', '01:30', 'America/Vancouver', '2025-11-02T01:30:00-07:00'],
    ['2025-11-02', '23:59', 'America/Vancouver', '2025-11-02T23:59:00-08:00'],
    ['2026-07-15', '23:59', 'Asia/Kathmandu', '2026-07-15T23:59:00+05:45'],
    // Midnight is skipped.
    ['2026-09-06', '00:00', 'America/Santiago', '2026-09-06T01:00:00-03:00'],
    ['2026-09-06', '10:00', 'America/Santiago', '2026-09-06T10:00:00-03:00'],
    ['2026-07-15', '24:00', 'Asia/Singapore', '2026-07-16T00:00:00+08:00'],
  ])('%s %s in %s is %s', (date, time, zone, expected) => {
    expect(iso(date, time, zone)).toBe(expected);
  });

  it('is what Temporal says, for any date, minute and zone', () => {
    const zones = [
      'Asia/Singapore',
      'America/Vancouver',
      'Europe/Paris',
      'Australia/Lord_Howe',
      'America/Santiago',
      'UTC',
    ];
    fc.assert(
      fc.property(fc.nat(1_500), fc.nat(1_439), fc.constantFrom(...zones), (days, minute, zone) => {
        const date = addDays('2025-01-01' as LocalDate, days);
        const [hour, rest] = [Math.floor(minute / 60), minute % 60];
        const time = `${String(hour).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
        const there = Temporal.PlainDate.from(date).toZonedDateTime({
          timeZone: zone,
          plainTime: { hour, minute: rest },
        });
        const said = there.toString({ timeZoneName: 'never', smallestUnit: 'second' });
        expect(iso(date, time, zone)).toBe(said.replace(/Z$/, '+00:00'));
      }),
      { numRuns: 500 },
    );
  });
});
