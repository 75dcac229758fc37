import { LARGEST_ID } from '../config/index.js';
import { addDays, daysBetween, parseLocalDate, type LocalDate } from '../time/index.js';
import { badRequest, OctoError } from './octo-error.js';
import { OPTION } from './product-body.js';
import type { RequestedUnit } from './party.js';

/** What a request for availability means, whatever the order of its members. */
export interface AvailabilityQuery {
  readonly kind: 'availability' | 'calendar';
  readonly experienceId: number;
  readonly first: LocalDate;
  readonly last: LocalDate;
  /** Only these, sorted, each once; null: all slots of the dates. */
  readonly ids: readonly string[] | null;
  /** It names single dates, as who is about to book does, and no range. */
  readonly exact: readonly LocalDate[] | null;
  /** By id, each once. Empty: no party is named. */
  readonly party: readonly RequestedUnit[];
  readonly currency: string | null;
}

type Body = Readonly<Record<string, unknown>>;

export const MOST_DATES = 366;
const MOST_IDS = 100;
const MOST_UNITS = 100;
const MOST_QUANTITY = 10_000;
const LONGEST_ID = 600;

/** @throws OctoError */
export function availabilityQuery(kind: AvailabilityQuery['kind'], body: unknown): AvailabilityQuery {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('The body must be a JSON object.');
  const fields = body as Body;
  const experienceId = productIdOf(fields['productId']);
  checkOption(fields['optionId']);
  const dates = kind === 'calendar' ? rangeOf(fields['localDateStart'], fields['localDateEnd']) : datesOf(fields);
  return { kind, experienceId, ...dates, party: partyOf(fields['units']), currency: currencyOf(fields['currency']) };
}

/** @returns the experience. @throws OctoError: the id can't be ours */
export function productIdOf(value: unknown): number {
  const id = typeof value === 'string' && /^[1-9]\d{0,9}$/.test(value) ? Number(value) : NaN;
  if (!(id <= LARGEST_ID)) throw unknownProduct(textOf(value));
  return id;
}

export function unknownProduct(productId: string): OctoError {
  return new OctoError('INVALID_PRODUCT_ID', 'There is no such product. GET /octo/products lists them.', {
    about: { productId },
  });
}

function checkOption(value: unknown): void {
  if (value === OPTION) return;
  throw new OctoError('INVALID_OPTION_ID', `There is no such option. Each product has one: ${OPTION}.`, {
    about: { optionId: textOf(value) },
  });
}

type Dates = Pick<AvailabilityQuery, 'first' | 'last' | 'ids' | 'exact'>;

/** Exactly one of three ways. */
function datesOf(fields: Body): Dates {
  const given = (...names: string[]) => names.some((name) => (fields[name] ?? null) !== null);
  const ways = [given('localDate'), given('localDateStart', 'localDateEnd'), given('availabilityIds')];
  if (ways.filter(Boolean).length !== 1) {
    throw badRequest('Name exactly one of localDate, localDateStart with localDateEnd, or availabilityIds.');
  }
  if (given('availabilityIds')) return idsOf(fields['availabilityIds']);
  if (!given('localDate')) return rangeOf(fields['localDateStart'], fields['localDateEnd']);
  const date = dateOf(fields['localDate'], 'localDate');
  return { first: date, last: date, ids: null, exact: [date] };
}

function rangeOf(start: unknown, end: unknown): Dates {
  const first = dateOf(start, 'localDateStart');
  const last = dateOf(end, 'localDateEnd');
  if (last < first) throw badRequest('localDateEnd is before localDateStart.');
  if (daysBetween(first, last) >= MOST_DATES) throw badRequest(`A range has at most ${MOST_DATES} dates.`);
  return { first, last, ids: null, exact: null };
}

function idsOf(value: unknown): Dates {
  const given: readonly unknown[] = Array.isArray(value) ? value : [];
  if (given.length === 0 || given.length > MOST_IDS) {
    throw badRequest(`availabilityIds must be a list of 1 to ${MOST_IDS} ids.`);
  }
  const ids = [...new Set(given.map(textOf))].sort();
  const dates = [...new Set(ids.map(dateOfId))].sort();
  const [first, last] = [dates[0] as LocalDate, dates.at(-1) as LocalDate];
  if (last > addDays(first, MOST_DATES - 1)) throw badRequest(`The ids must lie within ${MOST_DATES} dates.`);
  return { first, last, ids, exact: dates };
}

/** Every id of ours begins with its date. */
function dateOfId(availabilityId: string): LocalDate {
  const date = availabilityId.length <= LONGEST_ID ? parseLocalDate(availabilityId.slice(0, 10)) : undefined;
  if (date !== undefined) return date;
  throw new OctoError(
    'INVALID_AVAILABILITY_ID',
    'This is no id of an availability. POST /octo/availability lists them.',
    {
      about: { availabilityId: availabilityId.slice(0, LONGEST_ID) },
    },
  );
}

function dateOf(value: unknown, name: string): LocalDate {
  const date = typeof value === 'string' ? parseLocalDate(value) : undefined;
  if (date === undefined) throw badRequest(`${name} must be a date, like 2026-12-31.`);
  return date;
}

function partyOf(value: unknown): RequestedUnit[] {
  if ((value ?? null) === null) return [];
  if (!Array.isArray(value) || value.length > MOST_UNITS) throw badUnits();
  const quantities = new Map<string, number>();
  for (const unit of value as (Body | null)[]) {
    const { id, quantity } = unit ?? {};
    if (typeof id !== 'string' || id.length > LONGEST_ID) throw badUnits();
    if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 0 || quantity > MOST_QUANTITY) {
      throw badUnits();
    }
    quantities.set(id, (quantities.get(id) ?? 0) + quantity);
  }
  const chosen = [...quantities].filter(([, quantity]) => quantity > 0);
  return chosen.map(([id, quantity]) => ({ id, quantity })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function badUnits(): OctoError {
  return badRequest(
    `units must be a list of at most ${MOST_UNITS} {id, quantity}, with quantities from 0 to ${MOST_QUANTITY}.`,
  );
}

function currencyOf(value: unknown): string | null {
  if ((value ?? null) === null) return null;
  if (typeof value === 'string' && /^[A-Za-z]{3}$/.test(value)) return value.toUpperCase();
  throw badRequest('currency must be a code of ISO 4217, like SGD.');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, LONGEST_ID + 1) : typeof value === 'number' ? String(value) : '';
}
