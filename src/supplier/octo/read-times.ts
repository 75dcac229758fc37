import { closesAt, END_OF_DATE } from '../../inventory/index.js';
import { checkStartDate, readEndTime, readStartTime } from '../reading/read-times.js';
import { fieldOf, isBlank, type Place, type SlotReading } from '../reading/slot-reading.js';
import { spelledTime } from '../reading/spelled-time.js';

const DATE_MINUTES = 1_440;

export interface SlotTimes {
  readonly startTime: string;
  readonly endTime: string | null;
}

const WHOLE_DATE: SlotTimes = { startTime: '00:00', endTime: END_OF_DATE };

/** The local date on which an item starts, `YYYY-MM-DD`, whether or not it exists; undefined: it can't be read. */
export function dateOf(item: Place): string | undefined {
  return spelledTime(startOf(item).value)?.date;
}

/** The times of a slot that starts on the requested date of the reading. */
export function readSlotTimes(reading: SlotReading, item: Place): SlotTimes {
  const startTime = readStartTime(reading, startOf(item), { value: null, path: '' });
  return { startTime, endTime: readEnd(reading, item, startTime) };
}

/**
 * The times of a ticket for a date with opening hours: the hours, if there is one window and a slot with such times can be
 * booked until the window ends. Otherwise the whole date, which can be booked until the date ends. Some suppliers write
 * `allDay` also for the only start time of a date: without hours it is read as a slot.
 */
export function readOpeningTimes(reading: SlotReading, item: Place): SlotTimes {
  checkStartDate(reading, startOf(item));
  const { value, path } = fieldOf(item, 'openingHours');
  if (hasNoHours(value) && startsLater(item)) return readSlotTimes(reading, item);
  if (!Array.isArray(value) || value.length !== 1) return WHOLE_DATE;
  const window = { value: value[0] as unknown, path: `${path}[0]` };
  const from = spelledTime(fieldOf(window, 'from').value);
  if (!from || from.date || from.minutes >= DATE_MINUTES) return WHOLE_DATE;
  const startTime = readStartTime(reading, fieldOf(window, 'from'), { value: null, path: '' });
  const to = fieldOf(window, 'to');
  if (spelledTime(to.value)?.date !== undefined || !spelledTime(to.value)) return WHOLE_DATE;
  const endTime = readEndTime(reading, to, startTime);
  const times = { startTime, endTime: endTime === '00:00' ? END_OF_DATE : endTime };
  return endTime !== startTime && closesAt(times) === times.endTime ? times : WHOLE_DATE;
}

function hasNoHours(hours: unknown): boolean {
  return !Array.isArray(hours) || hours.length === 0;
}

function startsLater(item: Place): boolean {
  const start = spelledTime(startOf(item).value);
  return start !== undefined && start.minutes > 0;
}

/** A slot of a day or more has no end: `HH:MM` can't express it. */
function readEnd(reading: SlotReading, item: Place, startTime: string): string | null {
  const place = withoutSeconds(fieldOf(item, 'localDateTimeEnd'));
  if (isBlank(place.value)) return null;
  const length = lengthOf(reading, place, startTime);
  if (length === undefined || length < DATE_MINUTES) return readEndTime(reading, place, startTime);
  return length === DATE_MINUTES && startTime === '00:00' ? END_OF_DATE : null;
}

/** Minutes; undefined: the end has no date. */
function lengthOf(reading: SlotReading, place: Place, startTime: string): number | undefined {
  const end = spelledTime(place.value);
  if (!end?.date) return undefined;
  const start = Number(startTime.slice(0, 2)) * 60 + Number(startTime.slice(3));
  const dates = Date.parse(end.date) - Date.parse(reading.asked.date);
  return dates / 60_000 + end.minutes - start;
}

function startOf(item: Place): Place {
  return fieldOf(item, 'localDateTimeStart');
}

/** `23:59:59` is 23:59. */
function withoutSeconds({ value, path }: Place): Place {
  return { value: typeof value === 'string' ? value.replace(/(T\d\d:\d\d):\d\d(\.\d+)?/i, '$1') : value, path };
}
