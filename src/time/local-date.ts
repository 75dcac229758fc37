import { Temporal } from '@js-temporal/polyfill';

declare const brand: unique symbol;

/** A calendar date `YYYY-MM-DD` of some place. It has no time zone and is never made from a Date's local fields. */
export type LocalDate = string & { readonly [brand]: 'LocalDate' };

/** The date, or undefined where the text is not one (`2025-02-30`, `2025-2-3`, year 0, with a time, …). */
export function parseLocalDate(text: string): LocalDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as LocalDate;
  } catch {
    return undefined;
  }
}

/** What date it is in `zone` (IANA) at `instant`. */
export function localDateAt(instant: Date, zone: string): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString() as LocalDate;
}

/** When the date begins in `zone`: midnight, or the first instant after it where a DST change skips midnight. */
export function startOfDate(date: LocalDate, zone: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds);
}

const DAY_MS = 86_400_000;

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10) as LocalDate;
}

/** Days from `from` to `to`, negative when `to` lies before. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** `count` dates from `first` on. */
export function datesFrom(first: LocalDate, count: number): LocalDate[] {
  return Array.from({ length: count }, (_, i) => addDays(first, i));
}

/** A date as the database driver takes it: midnight UTC. */
export function toDatabaseDate(date: LocalDate): Date {
  return new Date(`${date}T00:00:00.000Z`);
}

/** A date as the database driver gives it (midnight UTC). */
export function fromDatabaseDate(date: Date): LocalDate {
  return date.toISOString().slice(0, 10) as LocalDate;
}
