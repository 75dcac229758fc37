import type { PaxAvailability, Price } from '../../inventory/index.js';
import { readAmount, readBound, readCount, readOptionalAmount } from './read-numbers.js';
import { readCurrency, readFlag, readLabel, readPaxType } from './read-texts.js';
import { fieldOf, isRecord, type Place, type SlotReading } from './slot-reading.js';

/** A pax type whose price may lack a currency, which is then that of the slot. */
export interface ReadPax extends Omit<PaxAvailability, 'price'> {
  readonly price: ReadPrice;
}

/** Who a pax type is for, and for how many of them. Null: unknown. */
export type PaxGroup = Pick<PaxAvailability, 'category' | 'minAge' | 'maxAge' | 'places'>;
export type PaxGroupReader = (type: string, pax: Place) => PaxGroup;

type ReadPrice = Omit<Price, 'currencyCode'> & { readonly currencyCode: string | null };

/** The listed pax types, at least one. An unreadable pax type makes the slot unreadable. */
export function readPaxTypes(reading: SlotReading, place: Place, groupOf: PaxGroupReader): ReadPax[] {
  const { value, path } = place;
  if (!Array.isArray(value) || value.length === 0) return reading.expected('a list of pax types', place);
  return value.map((pax: unknown, i) => readPax(reading, { value: pax, path: `${path}[${i}]` }, groupOf));
}

/** With the currency of the slot where a price names none. */
export function withCurrency(listed: readonly ReadPax[], currencyCode: string): PaxAvailability[] {
  return listed.map((pax) => ({
    ...pax,
    price: { ...pax.price, currencyCode: pax.price.currencyCode ?? currencyCode },
  }));
}

function readPax(reading: SlotReading, place: Place, groupOf: PaxGroupReader): ReadPax {
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
    ...groupOf(type, place),
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
