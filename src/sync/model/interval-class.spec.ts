import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { intervalClassOf, INTERVAL_CLASSES, waited } from './interval-class.js';

const term = fc.double({ min: 60_000, max: 60_000 * 2 ** (INTERVAL_CLASSES - 1), maxExcluded: true, noNaN: true });

describe('the tempo of a day', () => {
  it.each([
    [-5, 0],
    [0, 0],
    [119_999, 0],
    [120_000, 1],
    [240_000, 2],
    [1e15, INTERVAL_CLASSES - 1],
  ])('with a term of %d ms is %d', (ms, tempo) => {
    expect(intervalClassOf(ms)).toBe(tempo);
  });

  it('is shared only by terms that differ by less than a factor of two', () => {
    fc.assert(
      fc.property(term, term, (one, other) => {
        if (intervalClassOf(one) === intervalClassOf(other))
          expect(Math.max(one, other) / Math.min(one, other)).toBeLessThan(2.000_001);
        else expect(intervalClassOf(one) < intervalClassOf(other)).toBe(one < other);
      }),
      { seed: 1 },
    );
  });
});

it('a day has waited for all of its term when it is due, and for nothing when it was just confirmed', () => {
  fc.assert(
    fc.property(fc.nat(), term, (confirmedAt, ms) => {
      expect(waited(confirmedAt, confirmedAt + ms, confirmedAt)).toBe(0);
      expect(waited(confirmedAt, confirmedAt + ms, confirmedAt + ms)).toBeCloseTo(1, 9);
      expect(waited(confirmedAt, confirmedAt + ms, confirmedAt + 2 * ms)).toBeCloseTo(2, 9);
    }),
    { seed: 1 },
  );
});
