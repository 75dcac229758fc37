import { describe, expect, it } from '@jest/globals';
import { afterUnusable, ALL_USABLE, isUnusable, type UnusableState } from './unusable.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');
const LATER = new Date('2026-03-02T05:00:00.000Z');

function after(products: readonly number[]): UnusableState {
  return products.reduce<UnusableState>(
    (state, experienceId) =>
      afterUnusable(state, { experienceId, kind: 'rejected', detail: `of ${experienceId}` }, LATER),
    afterUnusable(ALL_USABLE, { experienceId: 14, kind: 'bad_answer', detail: 'first' }, NOW),
  );
}

describe('answers of no use', () => {
  it('concern all products when ten in a row are for three of them', () => {
    expect(isUnusable(after([14, 15, 15, 16, 14, 15, 16, 14, 15]))).toBe(true);
  });

  it.each([
    ['nine in a row', [15, 16, 14, 15, 16, 14, 15, 16]],
    ['any number for two of them', Array.from({ length: 50 }, (_, i) => 14 + (i % 2))],
    ['any number for one of them', Array.from({ length: 50 }, () => 14)],
  ])('concern their products alone when they are %s', (_, products) => {
    expect(isUnusable(after(products))).toBe(false);
  });

  it('tell since when, and what the last one was', () => {
    expect(after([15, 16, 17, 18])).toEqual({
      ...{ unusable: 5, unusableSince: NOW, unusableProducts: [14, 15, 16] },
      ...{ unusableKind: 'rejected', unusableDetail: 'of 18' },
    });
  });
});
