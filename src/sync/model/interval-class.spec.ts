import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { intervalClassOf, INTERVAL_CLASSES, INTERVAL_RATIO, SHORTEST_MS, waited } from './interval-class.js';

const longest = SHORTEST_MS * INTERVAL_RATIO ** (INTERVAL_CLASSES - 1);
const term = fc.double({ min: SHORTEST_MS, max: longest, maxExcluded: true, noNaN: true });

describe('the tempo of a day', () => {
  it.each([
    [-5, 0],
    [0, 0],
    [2_399, 0],
    [2_401, 1],
    [60_000, 4],
    [120_000, 5],
    [86_400_000, 12],
    [35 * 86_400_000, INTERVAL_CLASSES - 1],
    [1e15, INTERVAL_CLASSES - 1],
  ])('with a term of %d ms is %d', (ms, tempo) => {
    expect(intervalClassOf(ms)).toBe(tempo);
  });

  it('is shared only by terms that differ by less than their ratio', () => {
    fc.assert(
      fc.property(term, term, (one, other) => {
        if (intervalClassOf(one) === intervalClassOf(other))
          expect(Math.max(one, other) / Math.min(one, other)).toBeLessThan(INTERVAL_RATIO * 1.000_001);
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
