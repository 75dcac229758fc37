import { SentNumber } from './sent-json.js';
import { isAbsent, type Place, type SlotReading } from './slot-reading.js';

const MOST_KEY = 500;
const MOST_LABEL = 5_000;

/** The supplier's key of a slot: text of 1 to 500 characters, or a whole number, whose digits become the text. */
export function readSlotId(reading: SlotReading, place: Place): string {
  const id = digitsOf(place.value) ?? place.value;
  return keyFrom(reading, { ...place, value: id });
}

/** Whether the value can be the supplier's key of a slot. */
export function isSlotId(value: unknown): boolean {
  return keyOf(digitsOf(value) ?? value) !== undefined;
}

/** Text of 1 to 500 characters. */
export function readPaxType(reading: SlotReading, place: Place): string {
  return keyFrom(reading, place);
}

/** Text for people, on which nothing depends; null: not given, or left out because it can't be stored. */
export function readLabel(reading: SlotReading, place: Place): string | null {
  if (isAbsent(place.value)) return null;
  const text = textOf(place.value);
  if (text !== undefined && text.length <= MOST_LABEL && isStorable(text)) return reading.mask.text(text);
  reading.note('unreadable_label', place, "can't be stored; it is left out");
  return null;
}

/** Three letters; null: not given. */
export function readCurrency(reading: SlotReading, place: Place): string | null {
  if (isAbsent(place.value)) return null;
  const code = typeof place.value === 'string' ? place.value.trim().toUpperCase() : undefined;
  if (code === '') return null;
  return code !== undefined && /^[A-Z]{3}$/.test(code) ? code : reading.expected('a currency of three letters', place);
}

/** A boolean, also as the number or the text for it. Absent means false. */
export function readFlag(reading: SlotReading, place: Place): boolean {
  if (isAbsent(place.value)) return false;
  if (YES.includes(place.value)) return true;
  return NO.includes(place.value) ? false : reading.expected('true or false', place);
}

const YES: readonly unknown[] = [true, 1, 'true'];
const NO: readonly unknown[] = [false, 0, 'false'];

/** Keys are compared, so where a secret is masked in one, something else keeps it distinct from others. */
function keyFrom(reading: SlotReading, place: Place): string {
  const key = keyOf(place.value);
  return key === undefined ? reading.expected(`text of 1 to ${MOST_KEY} characters`, place) : reading.mask.label(key);
}

function keyOf(value: unknown): string | undefined {
  const fits = typeof value === 'string' && value.length > 0 && value.length <= MOST_KEY && isStorable(value);
  return fits ? value : undefined;
}

function digitsOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? undefined : textOf(value);
  return text !== undefined && /^-?\d+$/.test(text) ? text : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof SentNumber) return value.text;
  return typeof value === 'number' ? String(value) : undefined;
}

/** PostgreSQL stores only well-formed text without NUL. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}
