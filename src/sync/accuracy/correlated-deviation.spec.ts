import { expect, it } from '@jest/globals';
import { CorrelatedDeviation } from './correlated-deviation.js';

it('Deviations of an experience add up within a period; those of others, and of another period, do not; what comes late belongs to the present one', () => {
  const correlated = new CorrelatedDeviation();
  const variances = [correlated.add(1, 14, 4), correlated.add(1, 14, 9), correlated.add(1, 14, 1)];
  expect(variances.reduce((sum, variance) => sum + variance, 0)).toBe((2 + 3 + 1) ** 2);
  expect(correlated.add(1, 15, 4)).toBe(4);
  expect(correlated.add(2, 14, 4)).toBe(4);
  expect(correlated.add(1, 14, 9)).toBe((2 + 3) ** 2 - 4);
});
