import { ApiProblem, refuseUnknown } from '../../http/index.js';
import type { Party } from '../../inventory/index.js';
import type { LocalDate } from '../../time/index.js';
import { parseBound } from './date-range.js';
import { parseParty, spelledParty } from './party-query.js';

/** What `GET /api/v1/experience/:id/dates` takes. */
export const CALENDAR_PARAMETERS = ['from', 'to', 'party', 'places'];

export interface CalendarQuery {
  readonly experienceId: number;
  /** Undefined: from today on, to the end of the window. */
  readonly from: LocalDate | undefined;
  readonly to: LocalDate | undefined;
  readonly party: Party | null;
}

/** @returns undefined: the whole calendar, for anyone. @throws ApiProblem INVALID_REQUEST, INVALID_DATE */
export function parseCalendarQuery(
  experienceId: number,
  query: Readonly<Record<string, unknown>>,
): CalendarQuery | undefined {
  refuseUnknown(query, CALENDAR_PARAMETERS);
  const [from, to, party] = [parseBound(query, 'from'), parseBound(query, 'to'), parseParty(query)];
  if (from !== undefined && to !== undefined && from >= to) {
    throw new ApiProblem('INVALID_DATE', 'to must be after from: it is the first date beyond.');
  }
  if (from === undefined && to === undefined && party === null) return undefined;
  return { experienceId, from, to, party };
}

/** The one spelling under which the answer is kept. */
export function calendarUrl({ experienceId, from, to, party }: CalendarQuery): string {
  const parts = [from && `from=${from}`, to && `to=${to}`, party && spelledParty(party)];
  return `/api/v1/experience/${experienceId}/dates?${parts.filter(Boolean).join('&')}`;
}
