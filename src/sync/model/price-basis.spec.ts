import { describe, expect, it } from '@jest/globals';
import { hasMoved, type PriceBasis } from './price-basis.js';

const basis = (scale: number, readsPerDay: number): PriceBasis => ({ scale, readsPerDay });

describe('hasMoved', () => {
  it('is false where little moved, or nothing is known yet', () => {
    expect(hasMoved(basis(1, 0), basis(1, 0))).toBe(false);
    expect(hasMoved(basis(1, 40), basis(1.4, 30))).toBe(false);
  });

  it('is true once somebody reads', () => {
    expect(hasMoved(basis(1, 0), basis(1, 0.001))).toBe(true);
  });

  it.each([
    ['more', 1.6],
    ['less', 0.6],
  ])('is true when changes or reads are far %s frequent', (_, factor) => {
    expect(hasMoved(basis(10, 40), basis(10 * factor, 40))).toBe(true);
    expect(hasMoved(basis(10, 40), basis(10, 40 * factor))).toBe(true);
  });
});
