import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateDemand } from './date-demand.js';

const LEADS = 61;
/** Near dates are read far more often. */
const DEMAND = Array.from({ length: LEADS }, (_, lead) => Math.exp(-lead / 6));
const TOTAL = DEMAND.reduce((sum, demand) => sum + demand, 0);
const FADED = 0.93;

/** Reads of a date that is read `factor` times as often as its leads say, faded, after so many days of counting. */
function readsOf(now: number, days: number, perDay: number, factor: number): number {
  const steps = 20_000;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const ago = ((i + 0.5) / steps) * Math.min(days, LEADS - 1 - now);
    const lead = Math.max(0, Math.ceil(now + ago));
    sum += ((perDay * factor * (DEMAND[lead] ?? 0)) / TOTAL) * FADED ** ago;
  }
  return (sum * Math.min(days, LEADS - 1 - now)) / steps;
}

describe('the demand of a date of its own', () => {
  const now = fc.double({ min: -0.9, max: 55, noNaN: true });
  const days = fc.double({ min: 0.1, max: 80, noNaN: true });
  const covered = (since: number) => (1 - FADED ** since) / -Math.log(FADED);

  it('is that of any date where it was read as often as its leads predict, however far ahead and however long counted', () => {
    fc.assert(
      fc.property(now, days, (u, since) => {
        const perDay = 5_000;
        const reads = readsOf(u, since, perDay, 1);
        expect(dateDemand(DEMAND, perDay * covered(since), covered(since), { reads, now: u })).toBeCloseTo(1, 1);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('is three times as high where it is read three times as often, and less so with few reads', () => {
    const since = 10;
    const factor = (perDay: number) => {
      const reads = readsOf(4, since, perDay, 3);
      return dateDemand(DEMAND, perDay * covered(since), covered(since), { reads, now: 4 });
    };
    expect(factor(50_000)).toBeCloseTo(3, 1);
    expect(factor(1)).toBeLessThan(1.5);
  });

  it('is 1 before anything was counted', () => {
    expect(dateDemand(DEMAND, 0, 0, { reads: 0, now: 3 })).toBe(1);
  });
});
