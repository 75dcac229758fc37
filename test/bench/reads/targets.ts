import { randomFrom, whole } from '../fixtures.js';
import type { Catalogue } from './fill.js';

/** What one connection asks for, again and again, in this order. */
export type Sequence = readonly string[];

export interface ReadCase {
  readonly name: string;
  /** One sequence per connection. */
  readonly sequences: readonly Sequence[];
  /** With the ETag that the client has already: answered 304. */
  readonly known: boolean;
}

export const CONNECTIONS = 32;
const SEQUENCE_LENGTH = 1_024;

/** Each connection walks the catalogue in a random order of its own. */
export function readCases(catalogue: Catalogue): ReadCase[] {
  const { ids } = catalogue;
  // Not today: the bench may run over a midnight.
  const dates = catalogue.dates.slice(1);
  const random = randomFrom(catalogue.seed);
  const pick = <T>(from: readonly T[]): T => from[whole(random, from.length)] as T;
  const sequences = (length: number, path: () => string) =>
    Array.from({ length: CONNECTIONS }, () => Array.from({ length }, path));
  const anyDay = sequences(SEQUENCE_LENGTH, () => slotsPath(pick(ids), pick(dates)));
  const anyCalendar = sequences(SEQUENCE_LENGTH, () => datesPath(pick(ids)));
  const popular = pick(ids);
  const popularDay = slotsPath(popular, pick(dates));
  return [
    { name: 'slots, any day', sequences: anyDay, known: false },
    { name: 'slots, a popular day', sequences: sequences(1, () => popularDay), known: false },
    { name: 'slots, any day, 304', sequences: anyDay, known: true },
    { name: 'dates, any', sequences: anyCalendar, known: false },
    { name: 'dates, a popular one', sequences: sequences(1, () => datesPath(popular)), known: false },
    { name: 'dates, any, 304', sequences: anyCalendar, known: true },
  ];
}

function slotsPath(id: number, date: string): string {
  return `/api/v1/experience/${id}/slots?date=${date}`;
}

function datesPath(id: number): string {
  return `/api/v1/experience/${id}/dates`;
}
