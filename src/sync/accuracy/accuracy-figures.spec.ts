import { describe, expect, it } from '@jest/globals';
import { auditedOf, figuresOf } from './accuracy-figures.js';
import { NO_TRUTH } from './read-truth.js';

describe('Sums as shares', () => {
  it('reach from what is certain to what single changes and chance may leave', () => {
    const sums = { reads: 100, unchanged: 80, measured: 88, high: 90, variance: 4, expected: 87 };
    expect(figuresOf(sums)).toEqual({
      ...{ reads: 100, measured: 0.88, certain: 0.8, expected: 0.87 },
      ...{ lower: 0.8, upper: 0.9392 },
    });
    expect(figuresOf({ ...sums, variance: 400 })).toMatchObject({ lower: 0.8, upper: 1 });
  });

  it('are unknown where nothing was judged, and audits where there were none', () => {
    expect(figuresOf(NO_TRUTH)).toMatchObject({ reads: 0, measured: null, lower: null, upper: null, certain: null });
    expect(auditedOf({ audits: 0, trueAudits: 0 })).toBeNull();
    expect(auditedOf({ audits: 100, trueAudits: 90 })).toEqual({
      ...{ days: 100, unchanged: 90, share: 0.9, lower: 0.8256, upper: 0.9448 },
    });
  });
});
