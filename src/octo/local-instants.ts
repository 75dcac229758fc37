import { addDays, instantAt, localDateAt, localTimeAt, startOfDate, type LocalDate } from '../time/index.js';

/** An instant, and how far the clocks of its place are ahead of UTC then; milliseconds. */
export interface LocalInstant {
  readonly at: number;
  readonly offset: number;
}

/** The instant at which the clocks of the zone show `time` (`HH:MM`) on a date; as `instantAt`, but fast where the offset of the date does not change. */
export function localInstant(date: LocalDate, time: string, zone: string): LocalInstant {
  const offset = startOffset(date, zone);
  // Time zone arithmetic is slow, and a calendar has a thousand instants.
  if (offset === startOffset(addDays(date, 1), zone)) return { at: Date.parse(`${date}T${time}:00Z`) - offset, offset };
  const at = instantAt(date, time, zone);
  const there = new Date(at);
  return { at, offset: Date.parse(`${localDateAt(there, zone)}T${localTimeAt(there, zone)}:00Z`) - at };
}

/** ISO 8601 with the offset. */
export function localIso({ at, offset }: LocalInstant): string {
  const minutes = Math.abs(offset) / 60_000;
  const sign = offset < 0 ? '-' : '+';
  return `${new Date(at + offset).toISOString().slice(0, 19)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** ISO 8601 in UTC, whole seconds: other forms of it are refused by validators. */
export function utcIso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Where midnight is skipped it differs from that of the next date, as it must. */
function startOffset(date: LocalDate, zone: string): number {
  return Date.parse(`${date}T00:00:00Z`) - startOfDate(date, zone).getTime();
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
