import { expect, it } from '@jest/globals';
import type { ChangeSummary } from '../changes/change.shape.js';
import { changeText } from './page/change-text.js';

const price = (finalPrice: number) => ({ finalPrice, originalPrice: null, discount: 0, currencyCode: 'SGD' });
const summary = (openSlots: number, remaining: number | null, finalPrice?: number): ChangeSummary => ({
  ...{ openSlots, remaining },
  price: finalPrice === undefined ? null : price(finalPrice),
});

it.each([
  [summary(3, 150, 20), summary(3, 149, 20), '150 left → 149 left'],
  [summary(3, 150, 20), summary(2, 90, 24.5), '3 slots → 2 slots; 150 left → 90 left; from SGD 20 → from SGD 24.50'],
  [summary(1, 5, 20), null, '1 slot, 5 left, from SGD 20 → not mirrored any more'],
  [null, summary(0, 0), 'not known → nothing to book'],
  [summary(1, null, 20), summary(1, null, 20), '1 slot, unlimited, from SGD 20, with other details'],
])('%j to %j is “%s”', (before, after, text) => {
  expect(changeText({ before, after }).replaceAll('\u00a0', ' ')).toBe(text);
});
