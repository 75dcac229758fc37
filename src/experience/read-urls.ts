import { parse } from 'node:querystring';
import { LARGEST_ID } from '../config/index.js';
import { ApiProblem } from '../http/index.js';
import { parseLocalDate, type LocalDate } from '../time/index.js';
import {
  availabilityUrl,
  missesOf,
  parseAvailabilityQuery,
  type AvailabilityQuery,
} from './availability/availability-query.js';
import { calendarUrl, parseCalendarQuery, type CalendarQuery } from './availability/calendar-query.js';

/** The one spelling of each public read under which its response is cached. */
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

/** What a URL asks for: the slots of a date, a calendar, the calendar of some dates or for a party, or many experiences. */
export type Read =
  | { readonly kind: 'slots'; readonly experienceId: number; readonly date: LocalDate }
  | { readonly kind: 'dates'; readonly experienceId: number }
  | { readonly kind: 'range'; readonly query: CalendarQuery }
  | { readonly kind: 'availability'; readonly query: AvailabilityQuery };

const AVAILABILITY = '/api/v1/availability?';
const READ = /^\/api\/v1\/experience\/([1-9]\d{0,9})\/(?:dates|slots\?date=(\d{4}-\d{2}-\d{2})|dates\?(.+))$/;

/**
 * The read that the URL asks for, in the spellings that need no framework; undefined: it is another one, or the framework has to
 * say what is wrong with it.
 */
export function readOf(url: string): Read | undefined {
  if (url.startsWith(AVAILABILITY)) return unlessWrong(() => availabilityRead(parse(url.slice(AVAILABILITY.length))));
  const [, id, date, query] = READ.exec(url) ?? [];
  const experienceId = Number(id);
  if (!(experienceId <= LARGEST_ID)) return undefined;
  if (query !== undefined) return unlessWrong(() => datesRead(experienceId, parse(query)));
  if (date === undefined) return { kind: 'dates', experienceId };
  const parsed = parseLocalDate(date);
  return parsed && { kind: 'slots', experienceId, date: parsed };
}

/** @throws ApiProblem */
export function datesRead(experienceId: number, query: Readonly<Record<string, unknown>>): Read {
  const range = parseCalendarQuery(experienceId, query);
  return range ? { kind: 'range', query: range } : { kind: 'dates', experienceId };
}

/** @throws ApiProblem */
export function availabilityRead(query: Readonly<Record<string, unknown>>): Read {
  return { kind: 'availability', query: parseAvailabilityQuery(query) };
}

/** The spelling under which the response is cached. */
export function urlOf(read: Read): string {
  switch (read.kind) {
    case 'slots':
      return slotsUrl(read.experienceId, read.date);
    case 'dates':
      return datesUrl(read.experienceId);
    case 'range':
      return calendarUrl(read.query);
    case 'availability':
      return availabilityUrl(read.query);
  }
}

/** The route of the read, as the framework names it. */
export function routeOf({ kind }: Read): string {
  if (kind === 'availability') return '/api/v1/availability';
  return `${experienceUrl(':id')}${kind === 'slots' ? 'slots' : 'dates'}`;
}

/** How many misses of the client's limit it costs to compute. */
export function missesFor(read: Read): number {
  return read.kind === 'availability' ? missesOf(read.query) : 1;
}

function unlessWrong(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ApiProblem) return undefined;
    throw error;
  }
}
