import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { staleness, urgency, urgencyInverse } from './value.js';

const x = fc.double({ min: 1e-9, max: 30, noNaN: true });

describe('the urgency of a request', () => {
  it('is turned round exactly: the x that has an urgency', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.999999, noNaN: true }), (y) => {
        expect(urgency(urgencyInverse(y)) / y).toBeCloseTo(1, 6);
      }),
      { seed: 1 },
    );
    expect(urgencyInverse(0)).toBe(0);
    expect(urgencyInverse(1)).toBe(Infinity);
  });

  it('grows with the changes expected, and is less than the chance that the copy is stale', () => {
    fc.assert(
      fc.property(x, (changes) => {
        expect(urgency(changes * 1.001)).toBeGreaterThan(urgency(changes));
        expect(urgency(changes)).toBeLessThan(staleness(changes));
      }),
      { seed: 1 },
    );
  });

  it('has no seam where the series takes over', () => {
    expect(urgency(1e-3) / urgency(1e-3 - 1e-12)).toBeCloseTo(1, 6);
  });
});
