import { expect, it } from '@jest/globals';
import { changeCurve } from './change-curve.js';
import { isFilling } from './filling.js';

const day = (neverConfirmed: boolean, demand: number) => ({
  ...{ changes: changeCurve([2]), multiplier: 1, demand, leadDemand: [1], lead: 0, neverConfirmed },
});
const days = (count: number, neverConfirmed: boolean, demand: number) =>
  Array.from({ length: count }, () => day(neverConfirmed, demand));

it('the mirror fills while more than a few days that are worth a request were never confirmed', () => {
  const price = 1;
  expect(isFilling(days(10, true, 5), price)).toBe(true);
  expect(isFilling([...days(6, true, 5), ...days(94, false, 5)], price)).toBe(true);
  expect(isFilling([...days(4, true, 5), ...days(96, false, 5)], price)).toBe(false);
  expect(isFilling(days(10, true, 1.9), price)).toBe(false);
  expect(isFilling(days(10, true, 0), price)).toBe(false);
  expect(isFilling([], price)).toBe(false);
});
