import { LARGEST_ID } from '../config/index.js';
import { parseLocalDate, type LocalDate } from '../time/index.js';

/** The one spelling of each public read under which its answer is kept; others are answered, but not kept. */
export function slotsUrl(experienceId: number | string, date: LocalDate | string): string {
  return `/api/v1/experience/${experienceId}/slots?date=${date}`;
}

export function datesUrl(experienceId: number | string): string {
  return `/api/v1/experience/${experienceId}/dates`;
}

/** Below this stand all reads of an experience. */
export function experienceUrl(experienceId: number | string): string {
  return `/api/v1/experience/${experienceId}/`;
}

/** What a URL asks for; `date` null: the calendar. */
export interface Read {
  readonly experienceId: number;
  readonly date: LocalDate | null;
}

const READ = /^\/api\/v1\/experience\/([1-9]\d{0,9})\/(?:dates|slots\?date=(\d{4}-\d{2}-\d{2}))$/;

/** The read of which the URL is the one spelling; undefined: it is none, or not of a valid id and date. */
export function readOf(url: string): Read | undefined {
  const [, id, date] = READ.exec(url) ?? [];
  const experienceId = Number(id);
  if (!(experienceId <= LARGEST_ID)) return undefined;
  if (date === undefined) return { experienceId, date: null };
  const parsed = parseLocalDate(date);
  return parsed && { experienceId, date: parsed };
}
