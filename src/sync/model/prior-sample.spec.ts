import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { popularityClasses, priorSample } from './prior-sample.js';

describe('the classes of popularity', () => {
  it('are the experiences themselves where there are few', () => {
    const [first = 0, second, third] = popularityClasses(3);
    expect(first).toBeCloseTo(18 / 11, 12);
    expect(second).toBeCloseTo(first / 2, 12);
    expect(third).toBeCloseTo(first / 3, 12);
    expect(popularityClasses(0)).toEqual([]);
  });

  it('share all reads, the most popular first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (experiences) => {
        const classes = popularityClasses(experiences);
        expect(classes.length).toBeLessThanOrEqual(40);
        expect(classes.reduce((sum, popularity) => sum + popularity, 0)).toBeCloseTo(classes.length, 9);
        expect([...classes].sort((a, b) => b - a)).toEqual(classes);
      }),
    );
  });
});

describe('the prior sample', () => {
  it('has each lead of each class, and is always the same', () => {
    const sample = priorSample(450, 61);
    expect(sample).toHaveLength(40 * 61);
    expect(sample.filter(({ lead }) => lead === 0)).toHaveLength(40);
    expect(priorSample(3, 7)).toEqual(priorSample(3, 7));
  });

  it('has days change and be read as their experience is popular', () => {
    const sample = priorSample(2, 7);
    const [popular, other] = [sample[0], sample[7]];
    expect(popular?.demand).toBeCloseTo(2 * (other?.demand ?? 0), 12);
    const bookings = (day: typeof popular) => (day?.changes.perLead[0] ?? 0) - 1 / 14;
    expect(bookings(popular)).toBeCloseTo(2 * bookings(other), 12);
  });
});
