import { SentNumber } from './leap-json.js';
import { isAbsent, type Place, type SlotReading } from './slot-reading.js';

const MOST = Number.MAX_SAFE_INTEGER;

/** A number of places. Null: unlimited. More were sold than there are: 0. */
export function readCount(reading: SlotReading, place: Place): number | null {
  const count = readWhole(reading, place);
  if (count === null || count >= 0) return count;
  reading.note('negative_count', place, 'was read as 0');
  return 0;
}

/** How many one booking takes, at least or at most. Null: no bound. */
export function readBound(reading: SlotReading, place: Place): number | null {
  const bound = readWhole(reading, place);
  if (bound === null || bound >= 0) return bound;
  reading.note('negative_count', place, 'was read as no bound');
  return null;
}

/** A whole number from −(2^53 − 1) to 2^53 − 1, also as text of digits. Null: none is given. */
export function readWhole(reading: SlotReading, place: Place): number | null {
  if (isAbsent(place.value)) return null;
  const number = wholeNumber(place.value);
  if (number === undefined) return reading.expected('a whole number', place);
  return withinReach(reading, place, number);
}

/** An amount of money, also as decimal text. Null: none is given. */
export function readAmount(reading: SlotReading, place: Place): number | null {
  if (isAbsent(place.value)) return null;
  const amount = decimalNumber(place.value);
  if (amount === undefined) return reading.expected('a number', place);
  return withinReach(reading, place, amount);
}

/** Likewise, and not below zero. */
export function readPositiveAmount(reading: SlotReading, place: Place): number | null {
  const amount = readAmount(reading, place);
  if (amount !== null && amount < 0) return reading.refuse(place, `${reading.quote(place.value)} is below 0`);
  return amount;
}

/**
 * A number beyond 2^53 − 1 rounds to one beyond it, so that the limit is exact.
 * @returns 0 for −0, which JSON can't tell apart
 */
function withinReach(reading: SlotReading, place: Place, number: number): number {
  if (Math.abs(number) <= MOST) return number + 0;
  return reading.refuse(place, `${reading.quote(place.value)} is beyond ${number < 0 ? -MOST : MOST}`);
}

function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'string') return /^\s*-?\d+\s*$/.test(value) ? Number(value) : undefined;
  if (value instanceof SentNumber) return wholeSent(value.text);
  return typeof value === 'number' && (Number.isInteger(value) || Math.abs(value) === Infinity) ? value : undefined;
}

/** A fraction that is lost by rounding is a fraction all the same. */
function wholeSent(text: string): number | undefined {
  if (/^-?\d+(?:\.0+)?$/.test(text)) return Number(text);
  return /e/i.test(text) ? wholeNumber(Number(text)) : undefined;
}

function decimalNumber(value: unknown): number | undefined {
  if (typeof value === 'string') return /^\s*-?\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
  if (value instanceof SentNumber) return Number(value.text);
  return typeof value === 'number' ? value : undefined;
}
