import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeCurve, changesBetween, leadOf, priorChangeCurve, rateAt } from './change-curve.js';

const CURVE = changeCurve(priorChangeCurve(61, 10));
const lead = fc.double({ min: -1, max: 60, noNaN: true });

describe('the changes of a day as its date approaches', () => {
  it('add up over any part of the way', () => {
    fc.assert(
      fc.property(lead, lead, lead, (...ends) => {
        const [from, between, to] = ends.sort((a, b) => b - a);
        const whole = changesBetween(CURVE, from, to);
        expect(changesBetween(CURVE, from, between) + changesBetween(CURVE, between, to)).toBeCloseTo(whole, 9);
        expect(whole).toBeGreaterThanOrEqual(0);
      }),
      { seed: 1 },
    );
  });

  it.each([
    [60, 60],
    [0.2, 1],
    [0, 0],
    [-0.9, 0],
  ])('at activity lead %d have the rate of lead %d', (u, expected) => {
    expect(leadOf(u)).toBe(expected);
    expect(changesBetween(CURVE, u, u - 0.01)).toBeCloseTo(0.01 * rateAt(CURVE, expected), 9);
  });

  it('have beyond the curve its last rate, and none backwards', () => {
    expect(changesBetween(CURVE, 70, 69)).toBeCloseTo(rateAt(CURVE, 60), 9);
    expect(changesBetween(CURVE, 3, 4)).toBe(0);
  });

  it('are expected by the prior mostly in the last days', () => {
    const all = changesBetween(CURVE, 60, -1);
    expect(changesBetween(CURVE, 1, -1) / all).toBeGreaterThan(0.33);
    expect(changesBetween(CURVE, 6, -1) / all).toBeGreaterThan(0.48);
  });
});
