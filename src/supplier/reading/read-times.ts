import { addDays } from '../../time/index.js';
import { isBlank, type RequestedDay, type Place, type SlotReading } from './slot-reading.js';
import { zoneOffset } from './zone-offset.js';
import { spelledDate, spelledTime, type SpelledTime } from './spelled-time.js';

const DATE_MINUTES = 1_440;

/** Whether the value is a time in one of the accepted spellings. */
export function isTime(value: unknown): boolean {
  return spelledTime(value) !== undefined;
}

/** The date must be the requested one, or absent. A time beside it is ignored. */
export function checkStartDate(reading: SlotReading, place: Place): void {
  if (isBlank(place.value)) return;
  const spelled = spelledDate(place.value);
  if (!spelled?.date || spelled.minutes >= DATE_MINUTES) return reading.expected('a date', place);
  // A date that is written as its midnight is this date, whatever the zone of that midnight.
  const isPlain = spelled.minutes === 0 || spelled.offset === undefined;
  checkDate(reading, place, spelled.date, isPlain);
  if (!isPlain) checkOffset(reading, place, spelled);
}

/**
 * @param startDate the date of the slot, already checked
 * @returns `HH:MM`
 */
export function readStartTime(reading: SlotReading, place: Place, startDate: Place): string {
  const spelled = spelledTime(place.value);
  if (!spelled) return reading.expected('a time', place);
  const { date, minutes, offset } = spelled;
  if (date) checkDate(reading, place, date, isBlank(startDate.value) && offset === undefined);
  if (minutes >= DATE_MINUTES)
    return reading.ofOtherDate(place, `${reading.quote(place.value)} belongs to the date after ${reading.asked.date}`);
  checkOffset(reading, place, spelled);
  return timeOf(minutes);
}

/**
 * @param startTime `HH:MM`
 * @returns `HH:MM`, on the next date if it is before the start; `24:00`; null: not given
 */
export function readEndTime(reading: SlotReading, place: Place, startTime: string): string | null {
  if (isBlank(place.value)) return null;
  const spelled = spelledTime(place.value);
  if (!spelled) return reading.expected('a time', place);
  const { date } = reading.asked;
  if (spelled.date && spelled.date !== date && spelled.date !== addDays(date, 1))
    checkDate(reading, place, spelled.date, false);
  const minutes = spelled.minutes + (spelled.date && spelled.date !== date ? DATE_MINUTES : 0);
  const before = timeOf(minutes) < startTime;
  if ((spelled.date && before) || minutes >= 2 * DATE_MINUTES)
    return reading.refuse(place, `${reading.quote(place.value)} is no end of what starts at ${startTime} on ${date}`);
  checkOffset(reading, place, { ...spelled, minutes: before ? minutes + DATE_MINUTES : minutes });
  const isMidnightOf = !spelled.date || spelled.date === date;
  return minutes === DATE_MINUTES && isMidnightOf ? '24:00' : timeOf(minutes % DATE_MINUTES);
}

/** @param isSure no other field or zone can make it the requested date */
function checkDate(reading: SlotReading, place: Place, date: string, isSure: boolean): void {
  if (date === reading.asked.date) return;
  const why = `asked for ${reading.asked.date}, got ${reading.mask.text(date)}`;
  return isSure ? reading.ofOtherDate(place, why) : reading.refuse(place, why);
}

/** An offset must be that of the experience's zone. Otherwise the time would be another instant than the served one. */
function checkOffset(reading: SlotReading, place: Place, { minutes, offset }: SpelledTime): void {
  if (offset === undefined || isOffsetOf(reading.asked, minutes, offset)) return;
  reading.refuse(place, `${reading.quote(place.value)} is not in the zone ${reading.asked.timeZone}`);
}

/** @param minutes local, since the midnight of the requested date */
function isOffsetOf({ date, timeZone }: RequestedDay, minutes: number, offset: number): boolean {
  const instant = Date.parse(`${date}T00:00:00Z`) + (minutes - offset) * 60_000;
  return zoneOffset(timeZone, instant) === offset;
}

function timeOf(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
