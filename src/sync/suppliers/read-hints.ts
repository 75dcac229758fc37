import { parseLocalDate, type LocalDate } from '../../time/index.js';
import type { Hint } from '../schedule/sql/hint-days.js';

/** The most entries that one notification may have. */
export const MOST_HINTS = 1_000;

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
  if (!isEntry(body) || body['notificationType'] !== 'PRODUCT_UPDATE') return [];
  return [...new Set(readHints(body)?.map(({ product }) => product))];
}

function entriesOf(body: unknown): readonly Entry[] {
  if (!isEntry(body)) return [];
  const { data, hints } = body;
  if (Array.isArray(hints)) return hints.filter(isEntry);
  if (Array.isArray(data)) return data.filter(isEntry);
  return isEntry(data) ? [data] : [body];
}

function hintsOf(entry: Entry): Hint[] {
  const product = textOf(entry['product'] ?? entry['productId']);
  if (product === null) return [];
  const named = { product, option: textOf(entry['option'] ?? entry['optionId']) };
  const dates = [...datesIn(entry['dates']), ...datesIn(entry['availabilityIds'])];
  if (dates.length > 0) return dates.map((date) => ({ ...named, first: date, last: date }));
  const first = dateOf(entry['from'] ?? entry['localDateStart']);
  return [{ ...named, first, last: dateOf(entry['to'] ?? entry['localDateEnd']) ?? first }];
}

/** Many suppliers begin an availability id with its local date and time. */
function datesIn(list: unknown): LocalDate[] {
  return Array.isArray(list) ? [...new Set(list.map(dateOf))].filter((date) => date !== null) : [];
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
