import { randomFrom, whole, type Random } from '../fixtures.js';
import type { Catalogue } from './fill.js';
import { CACHED, MISSED } from './targets.js';

/** The paths that one connection requests, over and over, in this order. */
export type Sequence = readonly string[];

export interface ReadCase {
  readonly name: string;
  /** One sequence per connection. */
  readonly sequences: readonly Sequence[];
  /** With the ETag of the client's copy: answered 304. */
  readonly known: boolean;
}

export const CONNECTIONS = 32;
const SEQUENCE_LENGTH = 1_024;
/** This many different answers fit into the cache easily. */
export const POPULAR = 200;
/** The same of answers about all experiences: each is as long as ten of the others. */
export const POPULAR_BULK = 20;
/** Parties of three, in the spelling that is cached. */
const PARTIES = [
  'ADULT:3',
  'ADULT:2,CHILD:1',
  'ADULT:1,CHILD:2',
  'ADULT:2,SENIOR:1',
  'ADULT:1,SENIOR:2',
  'ADULT:1,CHILD:1,SENIOR:1',
  'CHILD:1,SENIOR:2',
  'SENIOR:3',
];

/** Each connection walks the popular part of the catalogue in a random order of its own. */
export function cachedCases(catalogue: Catalogue): Record<'slots' | 'dates' | 'availability' | 'known', ReadCase> {
  const random = randomFrom(catalogue.seed);
  const days = catalogue.ids.flatMap((id) => datesOf(catalogue).map((date) => slotsPath(id, date)));
  const slots = shuffled(random, days).slice(0, POPULAR);
  const dates = shuffled(random, catalogue.ids.map(datesPath)).slice(0, POPULAR);
  return {
    slots: caseOf(CACHED.slots, random, slots),
    dates: caseOf(CACHED.dates, random, dates),
    availability: caseOf(CACHED.availability, random, shuffled(random, bulkPaths(catalogue)).slice(0, POPULAR_BULK)),
    known: { ...caseOf(CACHED.known, random, [...slots, ...dates]), known: true },
  };
}

/** The same for all of the catalogue. */
export function missCases(catalogue: Catalogue): Record<'slots' | 'dates' | 'availability', ReadCase> {
  const random = randomFrom(catalogue.seed + 1);
  const days = catalogue.ids.flatMap((id) => datesOf(catalogue).map((date) => slotsPath(id, date)));
  return {
    slots: caseOf(MISSED.slots, random, days),
    dates: caseOf(MISSED.dates, random, catalogue.ids.map(datesPath)),
    availability: caseOf(MISSED.availability, random, bulkPaths(catalogue)),
  };
}

/** Half days, half calendars, of all of the catalogue: many more than the cache holds. */
export function mixedCase(catalogue: Catalogue): ReadCase {
  const { slots, dates } = missCases(catalogue);
  const sequences = slots.sequences.map((sequence, connection) =>
    sequence.map((path, i) => (i % 2 === 0 ? path : (dates.sequences[connection]?.[i] ?? path))),
  );
  return { name: 'mixed', sequences, known: false };
}

/** Each once. */
export function pathsOf({ sequences }: ReadCase): string[] {
  return [...new Set(sequences.flat())];
}

export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

export function caseOf(name: string, random: Random, paths: readonly string[]): ReadCase {
  const any = () => paths[whole(random, paths.length)] as string;
  const sequences = Array.from({ length: CONNECTIONS }, () => Array.from({ length: SEQUENCE_LENGTH }, any));
  return { name, sequences, known: false };
}

/** Not today: the bench may run over a midnight. */
export function datesOf({ dates }: Catalogue): Catalogue['dates'] {
  return dates.slice(1);
}

function slotsPath(id: number, date: string): string {
  return `/api/v1/experience/${id}/slots?date=${date}`;
}

function datesPath(id: number): string {
  return `/api/v1/experience/${id}/dates`;
}

/** All experiences on one date, for a party of three. */
function bulkPaths(catalogue: Catalogue): string[] {
  return datesOf(catalogue).flatMap((date) =>
    PARTIES.map((party) => `/api/v1/availability?date=${date}&party=${party}`),
  );
}
