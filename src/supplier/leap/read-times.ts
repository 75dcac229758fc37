import { Temporal } from '@js-temporal/polyfill';
import { addDays } from '../../time/index.js';
import { isAbsent, type AskedDay, type Place, type SlotReading } from './slot-reading.js';

const DATE_MINUTES = 1_440;
/** A time of the next date may be counted on from the date before: 25:30. */
const MOST_HOURS = 47;

const DATE = String.raw`\d{4}-\d{2}-\d{2}`;
const PLAIN_DATE = new RegExp(String.raw`^\s*(${DATE})\s*$`);
const SPELLING = new RegExp(
  String.raw`^\s*(?:(${DATE})[T ])?(\d{1,2}):([0-5]\d)(?::00(?:\.0+)?)?(?:(Z)|([+-])(\d{2})(?::?([0-5]\d))?)?\s*$`,
);

/** A time as it is spelled, without a meaning yet. */
interface SpelledTime {
  readonly date: string | undefined;
  /** Since midnight. */
  readonly minutes: number;
  /** Of the zone, minutes east of UTC. */
  readonly offset: number | undefined;
}

/** Whether it is a time in any of the spellings that are read, whatever it means. */
export function isTime(value: unknown): boolean {
  return spelledTime(value) !== undefined;
}

/** The date is the one that was asked for, or left out. A time that it comes with is not looked at. */
export function checkStartDate(reading: SlotReading, place: Place): void {
  if (isBlank(place.value)) return;
  const spelled = spelledDate(place.value);
  if (!spelled?.date || spelled.minutes >= DATE_MINUTES) return reading.expected('a date', place);
  checkDate(reading, place, spelled.date, [reading.asked.date]);
  // A date that was written as its midnight is the date, in whatever zone that midnight was.
  if (spelled.minutes > 0) checkOffset(reading, place, spelled);
}

/** @returns `HH:MM` */
export function readStartTime(reading: SlotReading, place: Place): string {
  const spelled = spelledTime(place.value);
  if (!spelled) return reading.expected('a time', place);
  if (spelled.date) checkDate(reading, place, spelled.date, [reading.asked.date]);
  if (spelled.minutes >= DATE_MINUTES)
    return reading.refuse(place, `${reading.quote(place.value)} belongs to the date after ${reading.asked.date}`);
  checkOffset(reading, place, spelled);
  return timeOf(spelled.minutes);
}

/**
 * @param startTime `HH:MM`
 * @returns `HH:MM`, on the next date where it is before the start; `24:00`; null: none is given
 */
export function readEndTime(reading: SlotReading, place: Place, startTime: string): string | null {
  if (isBlank(place.value)) return null;
  const spelled = spelledTime(place.value);
  if (!spelled) return reading.expected('a time', place);
  const { date } = reading.asked;
  if (spelled.date) checkDate(reading, place, spelled.date, [date, addDays(date, 1)]);
  const minutes = spelled.minutes + (spelled.date && spelled.date !== date ? DATE_MINUTES : 0);
  const before = timeOf(minutes) < startTime;
  if ((spelled.date && before) || minutes >= 2 * DATE_MINUTES)
    return reading.refuse(place, `${reading.quote(place.value)} is no end of what starts at ${startTime} on ${date}`);
  checkOffset(reading, place, { ...spelled, minutes: before ? minutes + DATE_MINUTES : minutes });
  const isMidnightOf = !spelled.date || spelled.date === date;
  return minutes === DATE_MINUTES && isMidnightOf ? '24:00' : timeOf(minutes % DATE_MINUTES);
}

function checkDate(reading: SlotReading, place: Place, date: string, allowed: readonly string[]): void {
  if (!allowed.includes(date)) reading.refuse(place, `asked for ${reading.asked.date}, got ${reading.mask.text(date)}`);
}

/** A time that names a zone must name the zone of the experience, or it would be another instant than the one served. */
function checkOffset(reading: SlotReading, place: Place, { minutes, offset }: SpelledTime): void {
  if (offset === undefined || isOffsetOf(reading.asked, minutes, offset)) return;
  reading.refuse(place, `${reading.quote(place.value)} is not in the zone ${reading.asked.timeZone}`);
}

/** @param minutes local, since the midnight of the date that was asked for */
function isOffsetOf({ date, timeZone }: AskedDay, minutes: number, offset: number): boolean {
  const instant = Date.parse(`${date}T00:00:00Z`) + (minutes - offset) * 60_000;
  const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  return there.offsetNanoseconds === offset * 60e9;
}

function spelledTime(value: unknown): SpelledTime | undefined {
  const parts = typeof value === 'string' ? SPELLING.exec(value) : null;
  if (!parts) return undefined;
  const [, date, hours, minutes, utc, sign, offsetHours, offsetMinutes] = parts;
  if (Number(hours) > MOST_HOURS) return undefined;
  const east = (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes ?? 0));
  return {
    date,
    minutes: Number(hours) * 60 + Number(minutes),
    offset: utc ? 0 : sign ? east : undefined,
  };
}

function spelledDate(value: unknown): SpelledTime | undefined {
  const plain = typeof value === 'string' ? PLAIN_DATE.exec(value) : null;
  return plain ? { date: plain[1], minutes: 0, offset: undefined } : spelledTime(value);
}

function isBlank(value: unknown): boolean {
  return isAbsent(value) || (typeof value === 'string' && value.trim() === '');
}

function timeOf(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
