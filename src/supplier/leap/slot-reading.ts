import type { OddityCode } from '../../inventory/index.js';
import type { Mask } from '../../secrets/index.js';
import type { LocalDate } from '../../time/index.js';
import { SentNumber } from './leap-json.js';

/** What was asked for. */
export interface AskedDay {
  readonly date: LocalDate;
  /** IANA */
  readonly timeZone: string;
}

/** A value of the answer and where it stands, for instance `[2].paxAvailability[0].remaining`. */
export interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** Something odd at one place of the answer. */
export interface Note {
  readonly code: OddityCode;
  readonly detail: string;
}

/** A slot can't be read. The message says where and why, and holds no secret. */
export class UnreadableSlot extends Error {}

/** It is listed, but clearly of another date than the one that was asked for: it says nothing about this one. */
export class SlotOfOtherDate extends UnreadableSlot {}

/** Characters of the supplier's text that are quoted. */
const MOST_QUOTED = 80;
/** Characters that are searched for secrets: far more than are quoted, so that no secret lies across both limits. */
const MOST_SEARCHED = 1_000;

/** Reads one slot: collects what is odd about it, and gives it up where it has no sane reading. */
export class SlotReading {
  /** The first of each kind. */
  readonly notes = new Map<OddityCode, Note>();

  constructor(
    readonly asked: AskedDay,
    readonly mask: Mask,
  ) {}

  /** @param what happened to the value, which is quoted before it */
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

/** Only what the object itself holds: no field stands in for another by inheritance. */
export function fieldOf({ value, path }: Place, field: string): Place {
  const held = isRecord(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  return { value: held, path: `${path}.${field}` };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof SentNumber);
}

/** Null and a missing field say the same. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** Likewise text of nothing but spaces, where something else than text is meant. */
export function isBlank(value: unknown): boolean {
  return isAbsent(value) || (typeof value === 'string' && value.trim() === '');
}

/** A value in a few words. Secrets are masked before it is shortened, or their beginning could be left. */
export function quote(value: unknown, mask: Mask): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isRecord(value)) return 'an object';
  const masked = (text: string): string => mask.text(text.slice(0, MOST_SEARCHED));
  if (typeof value === 'string') return shorten(JSON.stringify(masked(value)));
  if (value instanceof SentNumber) return shorten(masked(value.text));
  return shorten(masked(typeof value === 'number' ? String(value) : JSON.stringify(value)));
}

/** @param most letters, those that stand for the rest included */
export function shorten(text: string, most = MOST_QUOTED): string {
  if (text.length <= most) return text;
  // Half of a surrogate pair is no text.
  return `${text.slice(0, most - 3).replace(/[\ud800-\udbff]$/, '')}...`;
}
