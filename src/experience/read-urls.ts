import { LARGEST_ID } from '../config/index.js';
import { parseLocalDate, type LocalDate } from '../time/index.js';

/** The one spelling of each public read under which its response is cached. Other spellings are answered, but not cached. */
export function slotsUrl(experienceId: number | string, date: LocalDate | string): string {
  return `/api/v1/experience/${experienceId}/slots?date=${date}`;
}

export function datesUrl(experienceId: number | string): string {
  return `/api/v1/experience/${experienceId}/dates`;
}

/** The common prefix of all reads of an experience. */
export function experienceUrl(experienceId: number | string): string {
  return `/api/v1/experience/${experienceId}/`;
}

/** What a URL asks for; `date` null: the calendar. */
export interface Read {
  readonly experienceId: number;
  readonly date: LocalDate | null;
}

const READ = /^\/api\/v1\/experience\/([1-9]\d{0,9})\/(?:dates|slots\?date=(\d{4}-\d{2}-\d{2}))$/;

/** The read whose cached spelling the URL is; undefined: it is no such URL, or its id or date is invalid. */
export function readOf(url: string): Read | undefined {
  const [, id, date] = READ.exec(url) ?? [];
  const experienceId = Number(id);
  if (!(experienceId <= LARGEST_ID)) return undefined;
  if (date === undefined) return { experienceId, date: null };
  const parsed = parseLocalDate(date);
  return parsed && { experienceId, date: parsed };
}

/** The route of the read, as the framework names it. */
export function routeOf({ date }: Read): string {
  return `${experienceUrl(':id')}${date === null ? 'dates' : 'slots'}`;
}
