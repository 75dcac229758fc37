import { addDays, parseLocalDate, type LocalDate } from '../../time/index.js';
import type { Hint } from '../schedule/sql/hint-days.js';

/** The most entries that one notification may have. */
export const MOST_HINTS = 1_000;

/** An instant as an availability id, in UTC. */
const UTC = /T[\d:.]+Z$/;

type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads a notification of a supplier: which days may have changed. A notification is a hint and not a truth, so what can't be
 * read is left out. Understood are
 * - OCTO: `{notificationType?, data?: {productId, optionId?, localDateStart?, localDateEnd?, availabilityIds?[]}}`, with the data
 *   also beside the type
 * - our own: `{product, option?, from?, to?, dates?[]}`, or `{hints: [...]}` of these
 *
 * Without dates all days of the product are meant.
 * @returns the hints, at most `MOST_HINTS`; undefined: no product is named
 */
export function readHints(body: unknown): readonly Hint[] | undefined {
  const entries = entriesOf(body).slice(0, MOST_HINTS);
  const hints = entries.flatMap(hintsOf).slice(0, MOST_HINTS);
  return hints.length > 0 ? hints : undefined;
}

/** The products of which a notification says that they themselves changed, and not only their availability. */
export function changedProducts(body: unknown): readonly string[] {
  const isOfAll = isEntry(body) && isProductUpdate(body);
  const changed = entriesOf(body).filter((entry) => isOfAll || isProductUpdate(entry));
  return [...new Set(changed.flatMap(productOf))];
}

function isProductUpdate({ notificationType }: Entry): boolean {
  return typeof notificationType === 'string' && notificationType.toUpperCase() === 'PRODUCT_UPDATE';
}

function entriesOf(body: unknown): readonly Entry[] {
  if (Array.isArray(body)) return body.filter(isEntry);
  if (!isEntry(body)) return [];
  const { data, hints } = body;
  if (Array.isArray(hints)) return hints.filter(isEntry);
  if (Array.isArray(data)) return data.filter(isEntry);
  return isEntry(data) ? [data] : [body];
}

function hintsOf(entry: Entry): Hint[] {
  const [product] = productOf(entry);
  if (product === undefined) return [];
  const named = { product, option: idOf(entry['option'], entry['optionId']) };
  const dates = [...datesIn(entry['dates']), ...datesIn(entry['availabilityIds'])];
  const known = [...new Set(dates.flat())];
  // If one of them says no date, the range beside them counts, or every date.
  if (known.length > 0 && dates.every((each) => each.length > 0))
    return known.map((date) => ({ ...named, first: date, last: date }));
  const first = dateOf(entry['from'] ?? entry['localDateStart'] ?? entry['localDate']);
  return [{ ...named, first, last: dateOf(entry['to'] ?? entry['localDateEnd']) ?? first }];
}

function productOf(entry: Entry): string[] {
  const product = idOf(entry['product'], entry['productId']);
  return product === null ? [] : [product];
}

/** An id, by itself or of an object that comes along. */
function idOf(named: unknown, id: unknown): string | null {
  return textOf(id) ?? textOf(named) ?? (isEntry(named) ? textOf(named['id']) : null);
}

/**
 * The dates that each entry says. Many suppliers begin an availability id with its local date and time. One in UTC may be of the date before
 * or after.
 */
function datesIn(list: unknown): readonly (readonly LocalDate[])[] {
  if (!Array.isArray(list)) return [];
  return list.map((each: unknown) => {
    const date = dateOf(each);
    if (date === null) return [];
    return typeof each === 'string' && UTC.test(each) ? [addDays(date, -1), date, addDays(date, 1)] : [date];
  });
}

function dateOf(value: unknown): LocalDate | null {
  return typeof value === 'string' ? (parseLocalDate(value.slice(0, 10)) ?? null) : null;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' && value.length <= 200 && !value.includes('\0') ? value : null;
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
