import { describe, expect, it } from '@jest/globals';
import { wilson } from './wilson.js';

describe('The interval of a share (Wilson)', () => {
  it('is that of the tables', () => {
    const { lower, upper } = wilson(90, 100);
    expect(lower).toBeCloseTo(0.8256, 3);
    expect(upper).toBeCloseTo(0.9448, 3);
  });

  it('is open for no tries, and never leaves 0 to 1', () => {
    expect(wilson(0, 0)).toEqual({ lower: 0, upper: 1 });
    expect(wilson(3, 3)).toEqual({ lower: expect.closeTo(0.438, 2) as unknown, upper: 1 });
    expect(wilson(0, 3).lower).toBe(0);
  });
});
