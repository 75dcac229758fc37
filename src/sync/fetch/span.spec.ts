import { describe, expect, it } from '@jest/globals';
import { addDays, parseLocalDate, type LocalDate } from '../../time/index.js';
import { spanAround, spanLength, type Neighbour } from './span.js';

const DAY = parseLocalDate('2026-03-10') as LocalDate;
const at = (offset: number): LocalDate => addDays(DAY, offset);

/** Days by their offset from the chosen one, each with its worth; `!` marks a failing one. */
function days(worths: Readonly<Record<number, number>>, failing: readonly number[] = []): Neighbour[] {
  return Object.entries(worths).map(([offset, worth]) => ({
    date: at(Number(offset)),
    worth,
    failing: failing.includes(Number(offset)),
  }));
}

describe('the span of a request', () => {
  it('is the day alone where one request answers one date', () => {
    expect(spanAround(DAY, days({ [-1]: 9, 0: 1, 1: 9 }), 1)).toEqual({ first: DAY, last: DAY });
  });

  it('contains the day, and is worth most of all of its length', () => {
    const worths = { [-2]: 2, [-1]: 1, 0: 4, 1: 3, 2: 2, 3: 9 };
    expect(spanAround(DAY, days(worths), 3)).toEqual({ first: at(0), last: at(2) });
    expect(spanAround(DAY, days(worths), 4)).toEqual({ first: at(0), last: at(3) });
    expect(spanAround(DAY, days({ ...worths, [-2]: 7, 1: 0, 2: 0 }), 3)).toEqual({ first: at(-2), last: at(0) });
  });

  it('ends where nothing is worth fetching, but bridges gaps', () => {
    expect(spanAround(DAY, days({ 0: 1, 1: 0, 2: 3, 3: 0 }), 5)).toEqual({ first: at(0), last: at(2) });
    expect(spanAround(DAY, days({ 0: 1 }), 31)).toEqual({ first: DAY, last: DAY });
  });

  it('does not reach beyond a failing day, unless that is the chosen one', () => {
    expect(spanAround(DAY, days({ [-1]: 1, 0: 1, 1: 1, 2: 8 }, [1]), 4)).toEqual({ first: at(-1), last: at(0) });
    expect(spanAround(DAY, days({ [-1]: 1, 0: 1, 1: 1 }, [0]), 3)).toEqual({ first: at(-1), last: at(1) });
  });

  it('is the best of all windows, whatever the worths', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const worths = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [i - 10, (seed * (i + 3) * 7919) % 11]));
      const length = 1 + (seed % 7);
      const { first, last } = spanAround(DAY, days(worths), length);
      expect(first <= DAY && last >= DAY).toBe(true);
      const sums = Array.from({ length }, (_, back) => sum(worths, -back, length));
      const own = Object.entries(worths).filter(
        ([offset]) => at(Number(offset)) >= first && at(Number(offset)) <= last,
      );
      expect(own.reduce((total, [, worth]) => total + worth, 0)).toBe(Math.max(...sums));
    }
  });

  it('is halved by each failure, down to one date', () => {
    expect([0, 1, 2, 3, 4, 5, 40].map((failures) => spanLength(31, failures))).toEqual([31, 15, 7, 3, 1, 1, 1]);
    expect(spanLength(1, 0)).toBe(1);
  });
});

function sum(worths: Readonly<Record<number, number>>, first: number, length: number): number {
  return Array.from({ length }, (_, i) => worths[first + i] ?? 0).reduce((total, worth) => total + worth, 0);
}
