import { describe, expect, it } from '@jest/globals';
import type { DayDocument } from './day-document.js';
import { compare, type KnownDay } from './compare.js';

const EMPTY = document('[]', 0);
const OPEN = document('[{"remaining":3}]', 1);

describe('what an answer means for a day', () => {
  it.each([
    ['unchanged', 'the same as before', known(OPEN), OPEN],
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
  ])('%s: %s', (verdict, _, day, answer) => {
    expect(compare(day, answer)).toBe(verdict);
  });

  it('changed: empty where slots were open, and confirmed', () => {
    expect(compare(known(OPEN), EMPTY, { confirmed: true })).toBe('changed');
  });

  it.each([
    ['unconfirmed', 'for the first time', neverConfirmed()],
    ['unconfirmed', 'where all was sold out', known(document('[{"remaining":0}]', 0))],
    ['unchanged', 'where the day is known to be empty', known(EMPTY)],
  ])('%s: said to be empty in another way than by a list, %s', (verdict, _, day) => {
    expect(compare(day, EMPTY, { indirect: true })).toBe(verdict);
  });
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

function known({ fingerprint, summary }: DayDocument): KnownDay {
  return { fingerprint, openSlots: summary.openSlots };
}

function neverConfirmed(): KnownDay {
  return { fingerprint: null, openSlots: null };
}
