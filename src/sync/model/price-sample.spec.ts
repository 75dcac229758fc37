import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawDays } from './price-sample.js';

const LEADS = 61;

describe('the days that the shadow price is computed from', () => {
  it.each([
    [2, 122],
    [450, 900],
    [2_000, 1_000],
    [20_000, 1_000],
    [0, 0],
  ])('of %d experiences are %d', (experiences, count) => {
    expect(drawDays(experiences, LEADS, 1_000, () => 0.5)).toHaveLength(count);
  });

  it('come from every degree of popularity, and from all leads alike within each', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(random, fc.constantFrom(450, 2_000, 20_000), (at, experiences) => {
        const draws = drawDays(experiences, LEADS, 1_000, () => at);
        for (let tenth = 0; tenth < 10; tenth++) {
          const own = draws.filter(({ place }) => Math.floor((place * 10) / experiences) === tenth);
          expect(Math.abs(own.length / draws.length - 0.1)).toBeLessThan(0.01);
          const near = own.filter(({ lead }) => lead < LEADS / 4).length / own.length;
          expect(Math.abs(near - 16 / LEADS)).toBeLessThan(0.05);
        }
        expect(draws.every(({ place, lead }) => place < experiences && lead < LEADS)).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it('are each day once where the catalogue is small', () => {
    const draws = drawDays(3, LEADS, 1_000, () => 0.3);
    expect(new Set(draws.map(({ place }) => place)).size).toBe(3);
    expect(draws).toHaveLength(3 * LEADS);
  });
});
