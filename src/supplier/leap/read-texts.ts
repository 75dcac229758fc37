import { SentNumber } from './leap-json.js';
import { isAbsent, type Place, type SlotReading } from './slot-reading.js';

const MOST_KEY = 500;
const MOST_LABEL = 5_000;

/** The supplier's key of a slot: text of 1 to 500 characters, or a whole number, of which the digits are the text. */
export function readSlotId(reading: SlotReading, place: Place): string {
  const id = digitsOf(place.value) ?? place.value;
  return keyFrom(reading, { ...place, value: id });
}

/** Whether it can be the supplier's key of a slot. */
export function isSlotId(value: unknown): boolean {
  return keyOf(digitsOf(value) ?? value) !== undefined;
}

/** Text of 1 to 500 characters. */
export function readPaxType(reading: SlotReading, place: Place): string {
  return keyFrom(reading, place);
}

/** What people read: nothing depends on it, so that what can't be stored is left out. Null: none is given. */
export function readLabel(reading: SlotReading, place: Place): string | null {
  if (isAbsent(place.value)) return null;
  const text = textOf(place.value);
  if (text !== undefined && text.length <= MOST_LABEL && isStorable(text)) return reading.mask.text(text);
  reading.note('unreadable_label', place, "can't be stored; it is left out");
  return null;
}

/** Three letters. Null: none is given. */
export function readCurrency(reading: SlotReading, place: Place): string | null {
  if (isAbsent(place.value)) return null;
  const code = typeof place.value === 'string' ? place.value.trim().toUpperCase() : undefined;
  if (code === '') return null;
  return code !== undefined && /^[A-Z]{3}$/.test(code) ? code : reading.expected('a currency of three letters', place);
}

/** Also as the number or the text that stands for it. Nothing is false. */
export function readFlag(reading: SlotReading, place: Place): boolean {
  if (isAbsent(place.value)) return false;
  if (YES.includes(place.value)) return true;
  return NO.includes(place.value) ? false : reading.expected('true or false', place);
}

const YES: readonly unknown[] = [true, 1, 'true'];
const NO: readonly unknown[] = [false, 0, 'false'];

/** A key is compared: where a secret is taken out of it, something else keeps it apart from others. */
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

/** PostgreSQL holds text that is well-formed and without NUL. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}
