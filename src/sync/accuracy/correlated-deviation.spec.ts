import { expect, it } from '@jest/globals';
import { CorrelatedDeviation } from './correlated-deviation.js';

it('Deviations of an experience add up within a period; those of others, and of another period, do not; what comes late belongs to the present one', () => {
  const correlated = new CorrelatedDeviation();
  const whole = (period: number, id: number, variance: number) => variance + correlated.add(period, id, variance);
  const variances = [whole(1, 14, 4), whole(1, 14, 9), whole(1, 14, 1)];
  expect(variances.reduce((sum, variance) => sum + variance, 0)).toBe((2 + 3 + 1) ** 2);
  expect(whole(1, 15, 4)).toBe(4);
  expect(whole(2, 14, 4)).toBe(4);
  expect(whole(1, 14, 9)).toBe((2 + 3) ** 2 - 4);
});
