import type { OddityCode } from '../../inventory/index.js';
import type { Mask } from '../../secrets/index.js';
import type { LocalDate } from '../../time/index.js';
import { SentNumber } from './sent-json.js';

/** The requested day. */
export interface RequestedDay {
  readonly date: LocalDate;
  /** IANA */
  readonly timeZone: string;
}

/** A value of the answer and its path, for instance `[2].paxAvailability[0].remaining`. */
export interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** An oddity at one place of the answer. */
export interface Note {
  readonly code: OddityCode;
  readonly detail: string;
}

/** A slot can't be read. The message says where and why, and contains no secret. */
export class UnreadableSlot extends Error {}

/** A listed slot is clearly of another date than the requested one, so it says nothing about this date. */
export class SlotOfOtherDate extends UnreadableSlot {}

/** The most quoted characters of the supplier's text. */
const MOST_QUOTED = 80;
/** The characters that are searched for secrets. Far more than are quoted, so that no secret lies across both limits. */
const MOST_SEARCHED = 1_000;

/** The reading of one slot. Collects its oddities, and fails if it has no sane reading. */
export class SlotReading {
  /** The first oddity of each kind. */
  readonly notes = new Map<OddityCode, Note>();

  constructor(
    readonly asked: RequestedDay,
    readonly mask: Mask,
  ) {}

  /** @param what says what happened to the value, which is quoted before it */
  note(code: OddityCode, { path, value }: Place, what: string): void {
    if (!this.notes.has(code)) this.notes.set(code, { code, detail: `${path}: ${this.quote(value)} ${what}` });
  }

  refuse(place: Place, why: string): never {
    throw new UnreadableSlot(`${place.path}: ${why}`);
  }

  ofOtherDate(place: Place, why: string): never {
    throw new SlotOfOtherDate(`${place.path}: ${why}`);
  }

  expected(what: string, place: Place): never {
    return this.refuse(place, `expected ${what}, got ${quote(place.value, this.mask)}`);
  }

  quote(value: unknown): string {
    return quote(value, this.mask);
  }
}

/** Reads only own fields of the object, and no inherited ones. */
export function fieldOf({ value, path }: Place, field: string): Place {
  const held = isRecord(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  return { value: held, path: `${path}.${field}` };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof SentNumber);
}

/** Null and a missing field mean the same. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** Text with only spaces also counts as absent where another type than text is expected. */
export function isBlank(value: unknown): boolean {
  return isAbsent(value) || (typeof value === 'string' && value.trim() === '');
}

/** A value as a short text. Secrets are masked before it is shortened, because their beginning could remain otherwise. */
export function quote(value: unknown, mask: Mask): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isRecord(value)) return 'an object';
  const masked = (text: string): string => mask.text(text.slice(0, MOST_SEARCHED));
  if (typeof value === 'string') return shorten(JSON.stringify(masked(value)));
  if (value instanceof SentNumber) return shorten(masked(value.text));
  return shorten(masked(typeof value === 'number' ? String(value) : JSON.stringify(value)));
}

/** @param most the most characters, including the ellipsis */
export function shorten(text: string, most = MOST_QUOTED): string {
  if (text.length <= most) return text;
  // Drops half of a surrogate pair.
  return `${text.slice(0, most - 3).replace(/[\ud800-\udbff]$/, '')}...`;
}
