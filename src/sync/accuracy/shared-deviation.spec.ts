import { expect, it } from '@jest/globals';
import { SharedDeviation } from './shared-deviation.js';

it('Deviations of an experience add up within a period; those of others, and of another period, do not', () => {
  const shared = new SharedDeviation();
  const variances = [shared.add(1, 14, 4), shared.add(1, 14, 9), shared.add(1, 14, 1)];
  expect(variances.reduce((sum, variance) => sum + variance, 0)).toBe((2 + 3 + 1) ** 2);
  expect(shared.add(1, 15, 4)).toBe(4);
  expect(shared.add(2, 14, 4)).toBe(4);
});
