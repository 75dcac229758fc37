import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  datesFrom,
  daysBetween,
  fromDatabaseDate,
  instantAt,
  localDateAt,
  localTimeAt,
  parseLocalDate,
  startOfDate,
  toDatabaseDate,
  type LocalDate,
} from './local-date.js';

const HOUR = 3_600_000;

/** Half-hour offsets, both sides of the date line, both hemispheres, changes at and beside midnight. */
const ZONES = [
  'UTC',
  'Asia/Singapore',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Pacific/Apia',
];

const anyDate = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map(fromDatabaseDate);
const anyInstant = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
const anyZone = fc.constantFrom(...ZONES);

describe('parseLocalDate', () => {
  it.each(['2025-04-03', '2024-02-29', '2000-02-29', '9999-12-31'])('takes %s', (text) => {
    expect(parseLocalDate(text)).toBe(text);
  });

  it.each([
    ...['2025-02-29', '1900-02-29', '2025-02-30', '2025-04-31', '2025-13-01', '2025-00-10', '2025-01-00', '2025-01-32'],
    ...['', '2025', '2025-04', '2025-4-3', '25-04-03', '20250403', '2025/04/03', '03-04-2025', '+002025-04-03'],
    ...['2025-04-03T00:00', '2025-04-03Z', ' 2025-04-03', '2025-04-03 ', '2025-04-03\n', '2025-04-03[u-ca=hebrew]'],
    ...['٢٠٢٥-٠٤-٠٣', '2025‐04‐03', 'today', 'zzz', 'NaN-aN-aN'],
  ])('refuses %j', (text) => {
    expect(parseLocalDate(text)).toBeUndefined();
  });

  it('takes exactly the dates that the calendar has', () => {
    const digits = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9999 }), digits(15), digits(33), (year, month, day) => {
        const text = `${year}-${month}-${day}`;
        const exists = new Date(Date.UTC(year, Number(month) - 1, Number(day))).toISOString().startsWith(text);
        expect(parseLocalDate(text)).toBe(exists ? text : undefined);
      }),
    );
  });
});

describe('localDateAt', () => {
  it.each([
    ['2025-03-28T15:59:59.999Z', 'Asia/Singapore', '2025-03-28'],
    ['2025-03-28T16:00:00.000Z', 'Asia/Singapore', '2025-03-29'],
    ['2025-03-28T10:00:00.000Z', 'Pacific/Kiritimati', '2025-03-29'],
    ['2025-03-28T10:59:59.999Z', 'Pacific/Pago_Pago', '2025-03-27'],
    ['2025-03-28T11:00:00.000Z', 'Pacific/Pago_Pago', '2025-03-28'],
    ['2026-03-29T22:00:00.000Z', 'Europe/Berlin', '2026-03-30'],
    ['2026-10-25T22:59:59.999Z', 'Europe/Berlin', '2026-10-25'],
    ['2018-11-04T02:59:59.999Z', 'America/Sao_Paulo', '2018-11-03'],
    ['2018-11-04T03:00:00.000Z', 'America/Sao_Paulo', '2018-11-04'],
  ])('at %s it is in %s the %s', (instant, zone, date) => {
    expect(localDateAt(new Date(instant), zone)).toBe(date);
  });

  it('agrees with the calendar of Intl', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, zone) => {
        const intl = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(instant);
        expect(localDateAt(instant, zone)).toBe(intl);
      }),
    );
  });
});

describe('startOfDate', () => {
  it.each([
    ['2025-04-03', 'Asia/Singapore', '2025-04-02T16:00:00.000Z'],
    ['2025-04-03', 'Asia/Kathmandu', '2025-04-02T18:15:00.000Z'],
    ['2025-04-03', 'Pacific/Kiritimati', '2025-04-02T10:00:00.000Z'],
    ['2025-04-03', 'Pacific/Pago_Pago', '2025-04-03T11:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ])('%s begins in %s at %s', (date, zone, instant) => {
    expect(startOfDate(date as LocalDate, zone).toISOString()).toBe(instant);
  });

  it.each([
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['2024-04-26', 'Africa/Cairo', '2024-04-25T22:00:00.000Z'],
  ])('%s begins in %s an hour late, for its midnight does not exist', (date, zone, instant) => {
    const begins = startOfDate(date as LocalDate, zone);
    expect(begins.toISOString()).toBe(instant);
    expect(new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' }).format(begins)).toBe('01:00');
  });

  it('of a date that has two midnights is the first of them', () => {
    expect(startOfDate('2024-11-03' as LocalDate, 'America/Havana').toISOString()).toBe('2024-11-03T04:00:00.000Z');
  });

  it('of a date that a place skipped is the start of the next one', () => {
    const skipped = startOfDate('2011-12-30' as LocalDate, 'Pacific/Apia');
    expect(skipped).toEqual(startOfDate('2011-12-31' as LocalDate, 'Pacific/Apia'));
  });

  it('is the first instant of the date, whatever the zone does', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, zone) => {
        const date = localDateAt(instant, zone);
        const begins = startOfDate(date, zone);
        expect(begins <= instant).toBe(true);
        expect(localDateAt(begins, zone)).toBe(date);
        expect(localDateAt(new Date(begins.getTime() - 1), zone) < date).toBe(true);
      }),
    );
  });

  it('makes a day of 23, 24 or 25 hours where the clock changes by one', () => {
    const hours = (date: string) =>
      (startOfDate(addDays(date as LocalDate, 1), 'Europe/Berlin').getTime() -
        startOfDate(date as LocalDate, 'Europe/Berlin').getTime()) /
      HOUR;
    expect(['2026-03-29', '2026-03-30', '2026-10-25'].map(hours)).toEqual([23, 24, 25]);
  });
});

describe('counting days', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-01'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2026-03-29', 1, '2026-03-30'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2025-04-03', 0, '2025-04-03'],
  ])('%s and %d days are %s', (date, days, sum) => {
    expect(addDays(date as LocalDate, days)).toBe(sum);
  });

  it('addDays and daysBetween undo each other', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -4_000, max: 4_000 }), (date, days) => {
        const other = addDays(date, days);
        expect(parseLocalDate(other)).toBe(other);
        expect(daysBetween(date, other)).toBe(days);
        expect(daysBetween(other, date)).toBe(0 - days);
        expect(addDays(other, -days)).toBe(date);
        expect(other < date).toBe(days < 0);
      }),
    );
  });

  it('datesFrom lists consecutive dates, the first included', () => {
    expect(datesFrom('2024-02-28' as LocalDate, 3)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(datesFrom('2024-02-28' as LocalDate, 0)).toEqual([]);
  });

  it('a date comes back from the database as it went there', () => {
    expect(toDatabaseDate('2025-04-03' as LocalDate).toISOString()).toBe('2025-04-03T00:00:00.000Z');
    fc.assert(fc.property(anyDate, (date) => fromDatabaseDate(toDatabaseDate(date)) === date));
  });
});

describe('a local time', () => {
  it.each([
    ['on an ordinary date', '2026-03-10', '09:30', 'Asia/Singapore', '2026-03-10T01:30:00.000Z'],
    ['24:00, which is when the next date begins', '2026-03-10', '24:00', 'Asia/Singapore', '2026-03-10T16:00:00.000Z'],
    ['after the clocks went forward', '2026-03-29', '10:00', 'Europe/Berlin', '2026-03-29T08:00:00.000Z'],
    ['after the clocks went back', '2026-10-25', '10:00', 'Europe/Berlin', '2026-10-25T09:00:00.000Z'],
    ['that DST skips, by the offset before it', '2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['that comes twice, for the first time', '2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ])('is an instant: %s', (_, date, time, zone, instant) => {
    expect(new Date(instantAt(date as LocalDate, time, zone)).toISOString()).toBe(instant);
  });

  it('is what the clocks show at its instant, unless DST skips it', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    fc.assert(
      fc.property(anyDate, time, fc.constantFrom(...ZONES), (date, at, zone) => {
        const instant = new Date(instantAt(date, at, zone));
        fc.pre(localDateAt(instant, zone) === date);
        const shown = localTimeAt(instant, zone);
        expect(shown >= at).toBe(true);
        if (shown !== at) expect(instantAt(date, shown, zone)).toBe(instant.getTime());
      }),
    );
  });
});
