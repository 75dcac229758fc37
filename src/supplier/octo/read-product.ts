import { parseTimeZone } from '../../config/index.js';
import type { Mask } from '../../secrets/index.js';
import { paxCategoryOf } from '../reading/pax-category.js';
import { isRecord } from '../reading/slot-reading.js';
import type { OctoOption, OctoProduct, OctoUnit } from './octo-product.js';

const MOST_ID = 500;
const MOST_NAME = 200;
/** More than any product has. Further ones are ignored, so that a product in memory stays small. */
const MOST_OPTIONS = 200;
const MOST_UNITS = 100;

type Fields = Readonly<Record<string, unknown>>;

/** Nothing of a product but its id is required. Null: not a product, or one whose id can't be repeated. */
export function readProduct(value: unknown, mask: Mask): OctoProduct | null {
  if (!isRecord(value)) return null;
  const id = idOf(value, mask);
  if (id === null) return null;
  const options = recordsIn(value.options, MOST_OPTIONS).sort((a, b) => rankOf(a) - rankOf(b));
  return {
    id,
    name: nameOf(value, mask),
    timeZone: zoneOf(value.timeZone),
    currency: currencyOf(value.defaultCurrency),
    options: options.flatMap((option) => readOption(option, mask) ?? []),
  };
}

function readOption(option: Fields, mask: Mask): OctoOption | null {
  const id = idOf(option, mask);
  if (id === null) return null;
  const units = recordsIn(option.units, MOST_UNITS).flatMap((unit) => readUnit(unit, mask) ?? []);
  return { id, name: nameOf(option, mask), units: new Map(units.map((unit) => [unit.id, unit])) };
}

function readUnit(unit: Fields, mask: Mask): OctoUnit | null {
  const id = idOf(unit, mask);
  if (id === null) return null;
  const restrictions = isRecord(unit.restrictions) ? unit.restrictions : {};
  return {
    id,
    name: nameOf(unit, mask),
    category: typeof unit.type === 'string' ? paxCategoryOf(unit.type.trim()) : null,
    minAge: countOf(restrictions.minAge),
    maxAge: countOf(restrictions.maxAge),
    min: countOf(restrictions.minQuantity),
    max: countOf(restrictions.maxQuantity),
    places: countOf(restrictions.paxCount) || 1,
  };
}

function rankOf(option: Fields): number {
  return option.default === true ? 0 : 1;
}

function recordsIn(value: unknown, most: number): Fields[] {
  return Array.isArray(value) ? value.slice(0, most).filter(isRecord) : [];
}

/** An id with a piece of our key can't be shown, and masked it could not be requested. */
function idOf({ id }: Fields, mask: Mask): string | null {
  const text = typeof id === 'number' ? String(id) : id;
  if (typeof text !== 'string' || text === '' || text.length > MOST_ID || !isStorable(text)) return null;
  return mask.text(text) === text ? text : null;
}

/** `title` is for buyers, and comes with the capability octo/content. */
function nameOf({ title, internalName }: Fields, mask: Mask): string | null {
  const name = [title, internalName].find((text) => typeof text === 'string' && text.trim() !== '' && isStorable(text));
  return typeof name === 'string'
    ? mask
        .text(name.trim())
        .slice(0, MOST_NAME)
        .replace(/[\uD800-\uDBFF]$/, '')
    : null;
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function currencyOf(value: unknown): string | null {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return /^[A-Z]{3}$/.test(code) ? code : null;
}

function zoneOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  try {
    return parseTimeZone(value);
  } catch {
    return null;
  }
}

/** PostgreSQL stores only well-formed text without NUL. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}
