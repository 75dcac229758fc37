import type { PaxAvailability } from '../../inventory/index.js';
import { readBound } from '../reading/read-numbers.js';
import { readSlotId } from '../reading/read-texts.js';
import { settlePaxTypes } from '../reading/settle-pax.js';
import { fieldOf, isBlank, isRecord, type Place, type SlotReading } from '../reading/slot-reading.js';
import type { OctoUnit } from './octo-product.js';
import type { ItemContext } from './octo-request.js';
import { readPrice } from './read-price.js';

type Context = Pick<ItemContext, 'units' | 'currencies' | 'noPrice'>;

/** The pax type of a price for a whole booking, whoever takes part. */
const BOOKING = 'BOOKING';

/** Whether the item has prices, readable or not. */
export function hasPrices(item: Place): boolean {
  return [...unitPrices(item), ...bookingPrices(item)].some(isPrice);
}

/** Whether it has anything where prices are. Without the capability octo/pricing no item has. */
export function namesPrices(item: Place): boolean {
  return unitPrices(item).length > 0 || bookingPrices(item).length > 0;
}

/** A pax type for each priced unit, or one for a price per booking. */
export function readPaxTypes(
  reading: SlotReading,
  item: Place,
  remaining: number | null,
  context: Context,
): PaxAvailability[] {
  const most = readBound(reading, fieldOf(item, 'maxUnits'));
  const perUnit = unitPrices(item).filter(isPrice);
  if (perUnit.length === 0) return [bookingPax(reading, item, remaining, context)];
  const listed = inOneCurrency(perUnit, context).map((place) => {
    if (!isRecord(place.value)) return reading.expected('a price of a unit', place);
    return unitPax(reading, place, { remaining, most, context });
  });
  noteUnpriced(reading, unitPrices(item), perUnit);
  const unitPlace = fieldOf(item, 'unitPricing');
  return withPrimary(settlePaxTypes(reading, unitPlace, listed), context.units);
}

function bookingPax(reading: SlotReading, item: Place, remaining: number | null, context: Context): PaxAvailability {
  const [place] = inOneCurrency(bookingPrices(item).filter(isPrice), context);
  if (!place) return reading.refuse(fieldOf(item, 'unitPricing'), context.noPrice);
  const price = readPrice(reading, place, context.currencies.at(-1));
  // One booking has one such price, and takes at least one place.
  const bounds = { isPrimary: true, min: 1, max: 1, remaining };
  return { type: BOOKING, name: null, description: null, ...bounds, price, category: null, minAge: null, maxAge: null };
}

interface UnitCircumstances {
  readonly remaining: number | null;
  /** The most units in a booking; null: no bound. */
  readonly most: number | null;
  readonly context: Context;
}

function unitPax(reading: SlotReading, place: Place, { remaining, most, context }: UnitCircumstances): PaxAvailability {
  const id = fieldOf(place, 'unitId');
  const type = readSlotId(reading, id);
  const unit = context.units.get(String(id.value));
  if (!unit) reading.note('unknown_pax_type', id, 'is no unit of the product');
  const places = unit?.places ?? 1;
  return {
    type,
    name: unit?.name ?? null,
    description: null,
    isPrimary: false,
    min: unit?.min ?? null,
    max: lesser(unit?.max ?? null, most),
    remaining: remaining === null ? null : Math.floor(remaining / places),
    price: readPrice(reading, place, context.currencies.at(-1)),
    category: unit?.category ?? null,
    minAge: unit?.minAge ?? null,
    maxAge: unit?.maxAge ?? null,
    ...(places !== 1 && { places }),
  };
}

/** The primary one is the first adult in the order of the product. */
function withPrimary(listed: readonly PaxAvailability[], units: ReadonlyMap<string, OctoUnit>): PaxAvailability[] {
  const adults = [...units.values()].filter(({ category }) => category === 'ADULT');
  const primary = adults.find(({ id }) => listed.some(({ type }) => type === id));
  return listed.map((pax) => ({ ...pax, isPrimary: pax.type === primary?.id }));
}

/** Of the prices of one unit those in the most preferred currency that it has; without a preference those in its first one. */
function inOneCurrency(prices: readonly Place[], { currencies }: Context): Place[] {
  return [...new Set(prices.map(unitOf))].flatMap((unit) => {
    const ofUnit = prices.filter((place) => unitOf(place) === unit);
    const codes = ofUnit.map(currencyIn);
    const code = currencies.find((each) => codes.includes(each)) ?? codes[0];
    return ofUnit.filter((place) => currencyIn(place) === code);
  });
}

/** OCTO allows `retail: null`, for instance where a unit is not sold on a date. Without it there is nothing to pay. */
function isPrice(place: Place): boolean {
  return !isRecord(place.value) || !isBlank(fieldOf(place, 'retail').value);
}

/** A unit that lacks a price in one currency, and has one in another, is not left out. */
function noteUnpriced(reading: SlotReading, listed: readonly Place[], priced: readonly Place[]): void {
  const units = new Set(priced.map(unitOf));
  const unpriced = listed.find((place) => !units.has(unitOf(place)));
  if (unpriced)
    reading.note('unreadable_amount', fieldOf(unpriced, 'retail'), 'was read as no price; the unit is left out');
}

function unitOf(place: Place): unknown {
  return fieldOf(place, 'unitId').value;
}

function currencyIn(place: Place): unknown {
  const { value } = fieldOf(place, 'currency');
  return typeof value === 'string' ? value.trim().toUpperCase() : value;
}

function unitPrices(item: Place): Place[] {
  return elementsOf(fieldOf(item, 'unitPricing'));
}

function bookingPrices(item: Place): Place[] {
  const place = fieldOf(item, 'pricing');
  return isRecord(place.value) ? [place] : elementsOf(place);
}

function elementsOf({ value, path }: Place): Place[] {
  return Array.isArray(value) ? value.map((each: unknown, i) => ({ value: each, path: `${path}[${i}]` })) : [];
}

/** Null: no bound. */
function lesser(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
