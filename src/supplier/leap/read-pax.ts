import type { PaxAvailability, Price } from '../../inventory/index.js';
import { paxGroupOf } from './pax-group.js';
import { readAmount, readBound, readCount, readOptionalAmount } from './read-numbers.js';
import { readCurrency, readFlag, readLabel, readPaxType } from './read-texts.js';
import { fieldOf, isRecord, type Place, type SlotReading } from './slot-reading.js';

/** A pax type whose price may lack a currency, which is then that of the slot. */
export interface ReadPax extends Omit<PaxAvailability, 'price'> {
  readonly price: ReadPrice;
}

type ReadPrice = Omit<Price, 'currencyCode'> & { readonly currencyCode: string | null };

/** The listed pax types, at least one. An unreadable pax type makes the slot unreadable. */
export function readPaxTypes(reading: SlotReading, place: Place): ReadPax[] {
  const { value, path } = place;
  if (!Array.isArray(value) || value.length === 0) return reading.expected('a list of pax types', place);
  return value.map((pax: unknown, i) => readPax(reading, { value: pax, path: `${path}[${i}]` }));
}

/** Makes each type occur once, at most one of them primary, and all with a currency. */
export function settlePaxTypes(
  reading: SlotReading,
  place: Place,
  listed: readonly ReadPax[],
  currencyCode: string,
): PaxAvailability[] {
  const priced = listed.map((pax) => ({
    ...pax,
    price: { ...pax.price, currencyCode: pax.price.currencyCode ?? currencyCode },
  }));
  return withOnePrimary(reading, place, withoutRepetitions(reading, place, priced));
}

function withoutRepetitions(
  reading: SlotReading,
  { path }: Place,
  listed: readonly PaxAvailability[],
): PaxAvailability[] {
  const known = new Map<string, PaxAvailability>();
  for (const [i, pax] of listed.entries()) {
    const first = known.get(pax.type);
    if (!first) known.set(pax.type, pax);
    else if (JSON.stringify(first) !== JSON.stringify(pax)) {
      const at: Place = { value: pax.type, path: `${path}[${i}].type` };
      reading.note('duplicate_pax_type', at, 'is listed twice; the first was taken, with the lesser remaining');
      known.set(pax.type, { ...first, remaining: lesser(first.remaining, pax.remaining) });
    }
  }
  return [...known.values()];
}

/** Null: unlimited. */
function lesser(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function withOnePrimary(
  reading: SlotReading,
  { path }: Place,
  paxTypes: readonly PaxAvailability[],
): PaxAvailability[] {
  const primary = paxTypes.find((pax) => pax.isPrimary);
  const count = paxTypes.filter((pax) => pax.isPrimary).length;
  if (!primary || count === 1) return [...paxTypes];
  const at: Place = { value: primary.type, path };
  reading.note('several_primaries', at, `is the first of ${count} primary pax types; it alone was taken as primary`);
  return paxTypes.map((pax) => ({ ...pax, isPrimary: pax === primary }));
}

function readPax(reading: SlotReading, place: Place): ReadPax {
  if (!isRecord(place.value)) return reading.expected('a pax type', place);
  const type = readPaxType(reading, fieldOf(place, 'type'));
  return {
    type,
    name: readLabel(reading, fieldOf(place, 'name')),
    description: readLabel(reading, fieldOf(place, 'description')),
    isPrimary: readFlag(reading, fieldOf(place, 'isPrimary')),
    min: readBound(reading, fieldOf(place, 'min')),
    max: readBound(reading, fieldOf(place, 'max')),
    remaining: readCount(reading, fieldOf(place, 'remaining')),
    price: readPrice(reading, fieldOf(place, 'price')),
    ...paxGroupOf(type),
  };
}

function readPrice(reading: SlotReading, place: Place): ReadPrice {
  if (!isRecord(place.value)) return reading.expected('a price', place);
  return {
    finalPrice: readAmount(reading, fieldOf(place, 'finalPrice')),
    originalPrice: readOptionalAmount(reading, fieldOf(place, 'originalPrice'), 0),
    discount: readOptionalAmount(reading, fieldOf(place, 'discount')),
    currencyCode: readCurrency(reading, fieldOf(place, 'currencyCode')),
  };
}
