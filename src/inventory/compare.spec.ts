import { describe, expect, it } from '@jest/globals';
import type { DayDocument } from './day-document.js';
import { compare, type KnownDay } from './compare.js';

const EMPTY = document('[]', 0);
const OPEN = document('[{"remaining":3}]', 1);
const SEEN = new Date('2026-03-02T04:00:00.000Z');
const TRUE_AT = new Date('2026-03-02T04:00:01.000Z');

describe('what an answer means for a day', () => {
  it.each([
    ['unchanged', 'the same as before', known(OPEN), OPEN],
    ['unchanged', 'the same as before, after an empty one that was not believed', known(OPEN, SEEN), OPEN],
    ['unchanged', 'empty as before', known(EMPTY), EMPTY],
    ['changed', 'the first one', neverConfirmed(), OPEN],
    ['changed', 'the first one, though empty: nothing contradicts it', neverConfirmed(), EMPTY],
    ['changed', 'other slots than before', known(OPEN), document('[{"remaining":2}]', 1)],
    ['changed', 'slots where there were none', known(EMPTY), OPEN],
    ['changed', 'all sold out, which says more than nothing', known(OPEN), document('[{"remaining":0}]', 0)],
    ['changed', 'empty where all was sold out', known(document('[{"remaining":0}]', 0)), EMPTY],
    ['unconfirmed', 'empty where slots were open', known(OPEN), EMPTY],
    [
      'changed',
      'slots where slots were open, though none can be read',
      known(OPEN),
      { ...EMPTY, fingerprint: 'x', dropped: 3 },
    ],
    ['changed', 'empty where slots were open, for the second time', known(OPEN, SEEN), EMPTY],
  ])('%s: %s', (verdict, _, day, answer) => {
    expect(compare(day, answer, TRUE_AT)).toBe(verdict);
  });

  it.each([
    ['unconfirmed', 'for the first time', neverConfirmed()],
    ['unconfirmed', 'where all was sold out', known(document('[{"remaining":0}]', 0))],
    ['changed', 'for the second time', { ...neverConfirmed(), emptySeenAt: SEEN }],
    ['unchanged', 'where the day is known to be empty', known(EMPTY)],
  ])('%s: said to be empty in another way than by a list, %s', (verdict, _, day) => {
    expect(compare(day, EMPTY, TRUE_AT, true)).toBe(verdict);
  });
});

it.each([false, true])('does not take what a cache repeats for a second answer (indirect: %s)', (indirect) => {
  // Received after 300 ms, and repeated five seconds later under `Age: 4`, which stands for anything below five seconds.
  const repeated = new Date(SEEN.getTime() + 999);
  expect(compare(known(OPEN, SEEN), EMPTY, repeated, indirect)).toBe('unconfirmed');
});

function document(json: string, openSlots: number): DayDocument {
  return {
    json,
    fingerprint: `of ${json}`,
    summary: { openSlots, remaining: openSlots, price: null },
    lastStart: null,
    closings: null,
    short: null,
    dropped: 0,
  };
}

function known({ fingerprint, summary }: DayDocument, emptySeenAt: Date | null = null): KnownDay {
  return { fingerprint, openSlots: summary.openSlots, emptySeenAt };
}

function neverConfirmed(): KnownDay {
  return { fingerprint: null, openSlots: null, emptySeenAt: null };
}
