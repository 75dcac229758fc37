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

/** A date of a zone, and when it begins and ends there, epoch milliseconds. */
export interface LocalDay {
  readonly date: LocalDate;
  readonly from: number;
  readonly until: number;
}

/** What date it is in `zone` (IANA) at `instant`. */
export function localDateAt(instant: Date, zone: string): LocalDate {
  return localDayAt(instant, zone).date;
}

/** The same, with its bounds. */
export function localDayAt(instant: Date, zone: string): LocalDay {
  const at = instant.getTime();
  const near = daysNear(zone, Math.floor(at / DAY_MS));
  const known = near.find(({ from, until }) => at >= from && at < until);
  if (known) return known;
  const date = computeDate(at, zone);
  const from = startOfDate(date, zone).getTime();
  const until = startOfDate(addDays(date, 1), zone).getTime();
  const day = { date, from, until };
  // A clock set back across midnight would make a date begin twice: then nothing is remembered.
  if (at >= from && at < until && computeDate(until - 1, zone) === date) near.push(day);
  return day;
}

/** The earliest date that it is anywhere: that of no zone differs by more than a day from that of UTC. */
export function earliestToday(now: Date): LocalDate {
  return addDays(localDateAt(now, 'UTC'), -1);
}

/** When the date begins in `zone`: midnight, or the first instant after it where a DST change skips midnight. */
export function startOfDate(date: LocalDate, zone: string): Date {
  const key = `${zone} ${date}`;
  let start = starts.get(key);
  if (start === undefined) {
    start = Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
    if (starts.size >= MOST_REMEMBERED) starts.clear();
    starts.set(key, start);
  }
  return new Date(start);
}

/**
 * The instant at which the clocks of `zone` show `time` (`HH:MM`, `24:00` included) on a date, epoch milliseconds. A time that
 * DST skips is taken by the offset before it; of one that comes twice the first counts.
 */
export function instantAt(date: LocalDate, time: string, zone: string): number {
  const key = `${zone} ${date} ${time}`;
  let instant = instants.get(key);
  if (instant === undefined) {
    instant = computeInstant(date, time, zone);
    if (instants.size >= MOST_REMEMBERED) instants.clear();
    instants.set(key, instant);
  }
  return instant;
}

function computeInstant(date: LocalDate, time: string, zone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  if (hours >= 24) return startOfDate(addDays(date, 1), zone).getTime();
  const plainTime = Temporal.PlainTime.from({ hour: hours, minute: minutes });
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
}

/** What the clocks of `zone` show at `instant`: `HH:MM`. */
export function localTimeAt(instant: Date, zone: string): string {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

// Time zone arithmetic is slow, and asked the same thing again and again: what was computed is remembered. Zones are few.
/** Of each zone, by the date in UTC: the local days that overlap it. */
const days = new Map<string, Map<number, LocalDay[]>>();
const starts = new Map<string, number>();
/** By zone, date and time. */
const instants = new Map<string, number>();
/** Dates by their midnight in UTC. */
const names = new Map<number, LocalDate>();
/** Of each kind. */
const MOST_REMEMBERED = 10_000;

function daysNear(zone: string, utcDay: number): LocalDay[] {
  let ofZone = days.get(zone);
  if (!ofZone || ofZone.size >= MOST_REMEMBERED) days.set(zone, (ofZone = new Map<number, LocalDay[]>()));
  let near = ofZone.get(utcDay);
  if (!near) ofZone.set(utcDay, (near = []));
  return near;
}

function computeDate(epochMs: number, zone: string): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDate().toString() as LocalDate;
}

const DAY_MS = 86_400_000;

export function addDays(date: LocalDate, days: number): LocalDate {
  const at = Date.parse(date) + days * DAY_MS;
  let name = names.get(at);
  if (name === undefined) {
    name = new Date(at).toISOString().slice(0, 10) as LocalDate;
    if (names.size >= MOST_REMEMBERED) names.clear();
    names.set(at, name);
  }
  return name;
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
