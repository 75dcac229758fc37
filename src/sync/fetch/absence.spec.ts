import { describe, expect, it } from '@jest/globals';
import { absenceOf, isEmptyConfirmed, isSaidAgain } from './absence.js';

const START = Date.parse('2026-03-02T04:00:00.000Z');
const MINUTE = 60_000;
const at = (ms: number): Date => new Date(START + ms);

describe('a date that is not found', () => {
  const product = (failures: number, answeredMs: number | null, refutedMs: number | null = null) => ({
    failures,
    answeredAt: answeredMs === null ? null : at(answeredMs),
    refutedAt: refutedMs === null ? null : at(refutedMs),
  });
  const day = (seenMs: number | null, closed = false) => ({
    closed,
    wasOpen: false,
    emptySeenAt: seenMs === null ? null : at(seenMs),
  });

  it.each([
    ['failed', 'of a product that never answered', product(0, null), day(null)],
    ['failed', 'of a product that did not answer for more than a day', product(0, -1_441 * MINUTE), day(null)],
    ['failed', 'of a product of which nothing is found any more', product(7, -10 * MINUTE), day(null)],
    ['unconfirmed', 'for the first time, of a product that answers', product(0, -10 * MINUTE), day(null)],
    ['unconfirmed', 'again, though the product did not answer in between', product(2, -10 * MINUTE), day(-MINUTE)],
    ['closed', 'again, and the product answered in between', product(0, -MINUTE), day(-2 * MINUTE)],
    [
      'unconfirmed',
      'for the second time, though it has slots',
      product(1, -10 * MINUTE),
      { ...day(null), wasOpen: true },
    ],
    ['failed', 'for the third time, though each has slots', product(2, -10 * MINUTE), { ...day(null), wasOpen: true }],
    ['closed', 'as before', product(9, null), day(null, true)],
    ['failed', 'of one that listed lately what it had not found', product(0, -MINUTE, -59 * MINUTE), day(-2 * MINUTE)],
    ['closed', 'of one that did so long ago', product(0, -MINUTE, -61 * MINUTE), day(-2 * MINUTE)],
  ])('is %s %s', (absence, _, of, date) => {
    expect(absenceOf(of, date, at(0), at(0))).toBe(absence);
  });

  it('is not closed because a cache repeats the first answer', () => {
    expect(absenceOf(product(0, -MINUTE), day(-2 * MINUTE), at(-2 * MINUTE), at(0))).toBe('unconfirmed');
    // For longer than this no supplier is broken.
    expect(absenceOf(product(0, -MINUTE), day(-15 * MINUTE), at(-15 * MINUTE), at(0))).toBe('closed');
  });
});

describe('an empty answer', () => {
  it.each([
    [false, 'the first one', null, 0],
    [true, 'another one', -5_000, 0],
    // Received after 300 ms, and repeated five seconds later under `Age: 4`, which stands for anything below five seconds.
    [false, 'what a cache repeats of the first one', -5_000, -4_001],
    [true, 'what a cache has repeated for a quarter of an hour', -15 * MINUTE, -15 * MINUTE],
  ])('is the second one: %s, for %s', (again, _, seenMs, trueMs) => {
    expect(isSaidAgain(seenMs === null ? null : at(seenMs), at(trueMs), at(0))).toBe(again);
  });
});

describe('“no availability”, for the second time', () => {
  it.each([
    [false, 'for the first time', null, null],
    [false, 'at once, without a list in between', -MINUTE, -2 * MINUTE],
    [true, 'with a list of the product in between', -2 * MINUTE, -MINUTE],
    [true, 'a quarter of an hour later', -15 * MINUTE, null],
    [false, 'by a cache that repeats the first one', 0, MINUTE],
  ])('is believed: %s, %s', (believed, _, seenMs, listedMs) => {
    const seenAt = seenMs === null ? null : at(seenMs);
    expect(isEmptyConfirmed(seenAt, listedMs === null ? null : at(listedMs), at(0), at(0))).toBe(believed);
  });
});
