import {
  ApiProblem,
  cursorOf,
  parseExperienceCursor,
  parseExperienceIds,
  parseLimit,
  refuseUnknown,
} from '../../http/index.js';
import type { Party } from '../../inventory/index.js';
import { addDays, daysBetween, type LocalDate } from '../../time/index.js';
import { AVAILABILITY_LIMIT } from './availability.shape.js';
import { assertRange, parseBound } from './date-range.js';
import { onlyOnce } from './once.js';
import { parseParty, spelledParty } from './party-query.js';

/** What `GET /api/v1/availability` takes. */
export const AVAILABILITY_PARAMETERS = ['date', 'from', 'to', 'experience', 'party', 'places', 'cursor', 'limit'];

/** The most days (experiences × dates) of one answer: it is computed at once, and others wait meanwhile. */
export const MOST_DAYS = 2_000;
/** So many days of an answer count as one miss of the client. */
const DAYS_OF_A_MISS = 100;

export interface AvailabilityQuery {
  readonly from: LocalDate;
  /** The first date beyond. */
  readonly to: LocalDate;
  /** Ascending; null: all. */
  readonly experiences: readonly number[] | null;
  readonly party: Party | null;
  /** Only experiences behind this id. */
  readonly after: number;
  /** As the client says; undefined: it does not. */
  readonly limit: number | undefined;
}

/** @throws ApiProblem INVALID_REQUEST, INVALID_DATE, INVALID_EXPERIENCE_ID */
export function parseAvailabilityQuery(query: Readonly<Record<string, unknown>>): AvailabilityQuery {
  refuseUnknown(query, AVAILABILITY_PARAMETERS);
  const { from, to } = parseDates(query);
  const limit = query['limit'] === undefined ? undefined : parseLimit(query['limit'], AVAILABILITY_LIMIT.most, 0);
  const after = parseExperienceCursor(query['cursor']);
  return { from, to, experiences: parseExperiences(query), party: parseParty(query), after, limit };
}

/** The one spelling under which the answer is kept. */
export function availabilityUrl({ from, to, experiences, party, after, limit }: AvailabilityQuery): string {
  const dates = daysBetween(from, to) === 1 ? `date=${from}` : `from=${from}&to=${to}`;
  return (
    `/api/v1/availability?${dates}` +
    (experiences === null ? '' : `&experience=${experiences.join(',')}`) +
    (party === null ? '' : `&${spelledParty(party)}`) +
    (after === 0 ? '' : `&cursor=${cursorOf(after)}`) +
    (limit === undefined ? '' : `&limit=${limit}`)
  );
}

/** How many experiences an answer has at most. */
export function pageSize({ from, to, limit = AVAILABILITY_LIMIT.most }: AvailabilityQuery): number {
  return Math.max(1, Math.min(limit, Math.floor(MOST_DAYS / daysBetween(from, to))));
}

/** The named experiences of this page; null: all. */
export function pageOf(query: AvailabilityQuery): readonly number[] | null {
  return query.experiences?.filter((id) => id > query.after).slice(0, pageSize(query)) ?? null;
}

/** How many misses of the client an answer counts as: a miss of one day is the least that a read costs. */
export function missesOf(query: AvailabilityQuery): number {
  const experiences = pageOf(query)?.length ?? pageSize(query);
  return Math.max(1, Math.ceil((experiences * daysBetween(query.from, query.to)) / DAYS_OF_A_MISS));
}

function parseDates(query: Readonly<Record<string, unknown>>) {
  const [date, from, to] = [parseBound(query, 'date'), parseBound(query, 'from'), parseBound(query, 'to')];
  if (date !== undefined && from === undefined && to === undefined) return { from: date, to: addDays(date, 1) };
  if (date !== undefined || from === undefined || to === undefined) {
    const detail =
      'The query takes either a date, like ?date=2026-03-29, or both from and to, like ?from=2026-03-29&to=2026-04-05.';
    throw new ApiProblem('INVALID_DATE', detail);
  }
  assertRange(from, to);
  return { from, to };
}

function parseExperiences(query: Readonly<Record<string, unknown>>): readonly number[] | null {
  const text = onlyOnce(query, 'experience');
  return text === undefined ? null : parseExperienceIds(text, AVAILABILITY_LIMIT.most);
}
