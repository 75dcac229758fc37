import type { Price } from '../../inventory/index.js';
import { readWhole } from '../reading/read-numbers.js';
import { readCurrency } from '../reading/read-texts.js';
import { fieldOf, isBlank, type Place, type SlotReading } from '../reading/slot-reading.js';

/** More digits than any currency has. */
const MOST_PRECISION = 8;

/**
 * A price in minor units. `retail` is what is paid. `original`, where it is not less, gives the discount in percent.
 * @param currency of the product, where the price names none
 */
export function readPrice(reading: SlotReading, place: Place, currency: string | undefined): Price {
  const digits = readPrecision(reading, fieldOf(place, 'currencyPrecision'));
  const retail = readMinor(reading, fieldOf(place, 'retail'));
  const original = readOriginal(reading, fieldOf(place, 'original'));
  const code = fieldOf(place, 'currency');
  return {
    finalPrice: majorOf(retail, digits),
    originalPrice: original === null ? null : majorOf(original, digits),
    discount: original === null || original < retail ? null : percent(original, retail),
    currencyCode: readCurrency(reading, code) ?? currency ?? reading.refuse(code, 'the price has no currency'),
  };
}

/** Exact: the decimal text of the amount is read as a number, and nothing is divided. */
function majorOf(minor: number, digits: number): number {
  return Number(`${minor}e-${digits}`);
}

/** With two decimals. */
function percent(original: number, retail: number): number {
  return original === 0 ? 0 : Math.round(((original - retail) / original) * 10_000) / 100;
}

function readPrecision(reading: SlotReading, place: Place): number {
  const digits = readWhole(reading, place);
  const isRight = digits !== null && digits >= 0 && digits <= MOST_PRECISION;
  return isRight ? digits : reading.expected(`a number of decimals from 0 to ${MOST_PRECISION}`, place);
}

function readMinor(reading: SlotReading, place: Place): number {
  const minor = readWhole(reading, place);
  if (minor === null) return reading.expected('an amount in minor units', place);
  return minor >= 0 ? minor : reading.refuse(place, `${reading.quote(place.value)} is below 0`);
}

/** Nothing depends on it, so an unreadable one is left out. */
function readOriginal(reading: SlotReading, place: Place): number | null {
  if (isBlank(place.value)) return null;
  const { value } = place;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  reading.note('unreadable_amount', place, 'is no amount in minor units; it is left out');
  return null;
}
