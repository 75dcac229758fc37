import { dateOf, datesBetween, isDate } from '../calendar.js';
import { badRequest, OctoError } from './octo-error.js';
import type { OctoOption, OctoProduct } from './octo-product.js';
import { unitId } from './octo-price.js';
import type { OctoTruth } from './octo-truth.js';

export interface AvailabilityQuery {
  sold: OctoProduct;
  option: OctoOption;
  /** In their order. */
  dates: string[];
  /** Only these; undefined: all of the dates. */
  ids: ReadonlySet<string> | undefined;
}

export interface QueryRules {
  truth: OctoTruth;
  /** The longest range. */
  daysPerRequest: number;
}

type Body = Readonly<Record<string, unknown>>;

const MOST_IDS = 100;

/** What `POST /availability` asks for. It names its dates in exactly one of three ways. */
export function availabilityQuery(body: unknown, rules: QueryRules): AvailabilityQuery {
  const fields = fieldsOf(body);
  const known = optionOf(fields, rules.truth);
  const given = (...names: string[]): boolean => names.some((name) => (fields[name] ?? null) !== null);
  const ways = [given('localDate'), given('localDateStart', 'localDateEnd'), given('availabilityIds')];
  if (ways.filter(Boolean).length !== 1) {
    throw badRequest('Name exactly one of localDate, localDateStart with localDateEnd, or availabilityIds.');
  }
  if (given('availabilityIds')) return { ...known, ...idsOf(fields['availabilityIds']) };
  const range = given('localDate')
    ? { localDateStart: fields['localDate'], localDateEnd: fields['localDate'] }
    : fields;
  return { ...known, dates: rangeOf(range, rules.daysPerRequest), ids: undefined };
}

/** What `POST /availability/calendar` asks for: a range. */
export function calendarQuery(body: unknown, rules: QueryRules): AvailabilityQuery {
  const fields = fieldsOf(body);
  return { ...optionOf(fields, rules.truth), dates: rangeOf(fields, rules.daysPerRequest), ids: undefined };
}

function fieldsOf(body: unknown): Body {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body;
  throw badRequest('The body must be a JSON object.');
}

function optionOf(
  { productId, optionId, units, currency }: Body,
  truth: OctoTruth,
): Pick<AvailabilityQuery, 'sold' | 'option'> {
  const sold = productOf(productId, truth);
  const option = sold.options.find(({ id }) => id === optionId);
  if (option === undefined) {
    throw new OctoError('INVALID_OPTION_ID', `${sold.id} has no such option.`, { optionId: textOf(optionId) });
  }
  checkUnits(units, sold);
  if ((currency ?? sold.product.currencyCode) !== sold.product.currencyCode) {
    throw badRequest(`${sold.id} is sold in ${sold.product.currencyCode} only.`);
  }
  return { sold, option };
}

export function productOf(productId: unknown, truth: OctoTruth): OctoProduct {
  const sold = truth.product(textOf(productId));
  if (sold !== undefined) return sold;
  throw new OctoError('INVALID_PRODUCT_ID', 'There is no such product.', { productId: textOf(productId) });
}

function checkUnits(units: unknown, { id, product }: OctoProduct): void {
  if ((units ?? null) === null) return;
  if (!Array.isArray(units)) throw badRequest('units must be a list of {id, quantity}.');
  const known = product.paxTypes.map(({ name }) => unitId(name));
  for (const unit of units as ({ id?: unknown } | null)[]) {
    const named = textOf(unit?.id);
    if (!known.includes(named)) throw new OctoError('INVALID_UNIT_ID', `${id} has no such unit.`, { unitId: named });
  }
}

function rangeOf({ localDateStart: first, localDateEnd: last }: Body, most: number): string[] {
  if (typeof first !== 'string' || typeof last !== 'string' || !isDate(first) || !isDate(last)) {
    throw badRequest('localDateStart and localDateEnd must be dates YYYY-MM-DD, or localDate alone must be one.');
  }
  if (last < first) throw badRequest('localDateEnd is before localDateStart.');
  if (last > dateOf(Date.parse(first) + (most - 1) * DAY)) throw badRequest(`A range has at most ${most} days.`);
  return datesBetween(first, last);
}

function idsOf(value: unknown): Pick<AvailabilityQuery, 'dates' | 'ids'> {
  const ids: unknown[] = Array.isArray(value) ? value : [];
  if (ids.length === 0 || ids.length > MOST_IDS)
    throw badRequest(`availabilityIds must be a list of 1 to ${MOST_IDS} ids.`);
  const texts = ids.map(textOf);
  const dates = texts.map((availabilityId) => {
    const date = availabilityId.slice(0, 10);
    if (isDate(date)) return date;
    throw new OctoError('INVALID_AVAILABILITY_ID', 'There is no such availability.', { availabilityId });
  });
  return { dates: [...new Set(dates)].sort(), ids: new Set(texts) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const DAY = 86_400_000;
