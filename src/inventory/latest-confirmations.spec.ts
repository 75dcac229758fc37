import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LocalDate } from '../time/index.js';
import { LatestConfirmations } from './latest-confirmations.js';

const dateOf = (day: number) => `2026-03-${String(day).padStart(2, '0')}` as LocalDate;

describe('the latest confirmations of an experience', () => {
  it('are, from each date on, the latest of all that were noted', () => {
    const noted = fc.array(fc.record({ day: fc.integer({ min: 1, max: 9 }), at: fc.integer({ min: 1, max: 20 }) }));
    fc.assert(
      fc.property(noted, (all) => {
        const confirmations = new LatestConfirmations();
        for (const { day, at } of all) confirmations.note(dateOf(day), at);
        for (let from = 1; from <= 10; from += 1) {
          const expected = Math.max(0, ...all.filter(({ day }) => day >= from).map(({ at }) => at));
          expect(confirmations.from(dateOf(from))).toBe(expected);
        }
        expect(confirmations.latest).toBe(Math.max(0, ...all.map(({ at }) => at)));
      }),
    );
  });
});
