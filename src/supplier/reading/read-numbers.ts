import { isDecimal, isWholeDecimal } from './decimal-text.js';
import { SentNumber } from './sent-json.js';
import { isAbsent, isBlank, type Place, type SlotReading } from './slot-reading.js';

const MOST = Number.MAX_SAFE_INTEGER;

/** A number of places; null: unlimited. A negative number (oversold) is read as 0. */
export function readCount(reading: SlotReading, place: Place): number | null {
  // An empty text may also mean that no places remain.
  if (isBlank(place.value) && !isAbsent(place.value)) return reading.expected('a whole number', place);
  const count = readWhole(reading, place);
  if (count === null || count >= 0) return count;
  reading.note('negative_count', place, 'was read as 0');
  return 0;
}

/** The least or most of a pax type per booking; null: no bound. A maximum of 0 is a bound: none can be booked. */
export function readBound(reading: SlotReading, place: Place): number | null {
  const bound = readWhole(reading, place);
  if (bound === null || bound >= 0) return bound;
  reading.note('negative_count', place, 'was read as no bound');
  return null;
}

/** A whole number from −(2^53 − 1) to 2^53 − 1, also as decimal text; null: not given. */
export function readWhole(reading: SlotReading, place: Place): number | null {
  if (isBlank(place.value)) return null;
  const number = wholeNumber(place.value);
  if (number === undefined) return reading.expected('a whole number', place);
  return withinReach(reading, place, number);
}

/** An amount of money of at least 0, also as decimal text. */
export function readAmount(reading: SlotReading, place: Place): number {
  const amount = numberOf(place.value);
  if (amount === undefined) return reading.expected('a number', place);
  if (amount < 0) return reading.refuse(place, `${reading.quote(place.value)} is below 0`);
  return withinReach(reading, place, amount);
}

/**
 * An amount of money that nothing depends on; null: not given, or left out because it can't be read.
 * @param least the least valid amount
 */
export function readOptionalAmount(reading: SlotReading, place: Place, least = -MOST): number | null {
  if (isBlank(place.value)) return null;
  const amount = numberOf(place.value);
  if (amount !== undefined && amount >= least && amount <= MOST) return amount + 0;
  reading.note('unreadable_amount', place, `is no amount${least === 0 ? ' from 0' : ''}; it is left out`);
  return null;
}

/**
 * Checks the limit. It is exact, because a number beyond 2^53 − 1 rounds to one beyond it.
 * @returns 0 for −0, which JSON can't represent
 */
function withinReach(reading: SlotReading, place: Place, number: number): number {
  if (Math.abs(number) <= MOST) return number + 0;
  return reading.refuse(place, `${reading.quote(place.value)} is beyond ${number < 0 ? -MOST : MOST}`);
}

function wholeNumber(value: unknown): number | undefined {
  const text = decimalOf(value);
  if (text !== undefined) return isWholeDecimal(text) ? Number(text) : undefined;
  return typeof value === 'number' && (Number.isInteger(value) || Math.abs(value) === Infinity) ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  const text = decimalOf(value);
  if (text !== undefined) return Number(text);
  return typeof value === 'number' ? value : undefined;
}

function decimalOf(value: unknown): string | undefined {
  const text = value instanceof SentNumber ? value.text : typeof value === 'string' ? value.trim() : undefined;
  return text !== undefined && isDecimal(text) ? text : undefined;
}
