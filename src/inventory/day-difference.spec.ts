import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyDay, pax, price, supplied } from '../../test/fixtures/supplied-slots.js';
import { dayDifference } from './day-difference.js';
import { dayDocument } from './day-document.js';
import type { SuppliedSlot } from './slot.js';

describe('the difference between two answers', () => {
  it.each<[what: string, before: SuppliedSlot[], after: SuppliedSlot[], prices: boolean, rest: boolean]>([
    ['a price', [supplied()], [priced(11)], true, false],
    ['what remains', [supplied()], [supplied({ remaining: 4 })], false, true],
    ['what remains becomes unlimited', [supplied()], [supplied({ remaining: null })], false, true],
    ['both', [supplied()], [{ ...priced(11), remaining: 4 }], true, true],
    ['a slot that is new', [supplied()], [supplied(), supplied({}, 'new')], false, true],
    ['a slot that is gone', [supplied(), supplied({}, 'gone')], [supplied()], false, true],
    [
      'a slot in place of another, at another price',
      [supplied()],
      [{ ...priced(11), providerSlotId: 'b' }],
      false,
      true,
    ],
    [
      'another variant of the same slot, at another price',
      [supplied()],
      [{ ...priced(11), variantId: 33 }],
      false,
      true,
    ],
    ['a variant where there was none', [supplied({ variantId: null })], [supplied()], false, true],
    [
      'the price of one variant of two',
      [supplied({ variantId: 1 }), supplied({ variantId: 2 })],
      [supplied({ variantId: 1 }), { ...priced(11), variantId: 2 }],
      true,
      false,
    ],
    ['who a pax type is for', [supplied()], [supplied({ paxAvailability: [pax({ minAge: 13 })] })], false, true],
    ['an original price that is no more named', [supplied()], [priced(10, null)], true, false],
  ])('%s', (_, before, after, prices, rest) => {
    expect(dayDifference(dayDocument(before).json, dayDocument(after).json)).toEqual({ prices, rest });
  });

  it('is none where nothing was known', () => {
    expect(dayDifference(null, dayDocument([supplied()]).json)).toEqual({ prices: false, rest: false });
  });

  describe('to a document of 0.2, which has no categories and ages', () => {
    const slots = [supplied({ paxAvailability: [pax(), pax({ type: 'CHILD', category: null })] }), supplied({}, 'b')];
    const before = JSON.stringify(
      JSON.parse(dayDocument(slots).json, (name, value: unknown) =>
        ['category', 'minAge', 'maxAge'].includes(name) ? undefined : value,
      ),
    );

    it('is none where these alone were added', () => {
      expect(before).not.toContain('category');
      expect(dayDifference(before, dayDocument(slots).json)).toEqual({ prices: false, rest: false });
    });

    it('is what else changed', () => {
      const now = [slots[0] ?? supplied(), { ...priced(11), providerSlotId: 'b' }];
      expect(dayDifference(before, dayDocument(now).json)).toEqual({ prices: true, rest: false });
      const sold = [slots[0] ?? supplied(), supplied({ remaining: 4 }, 'b')];
      expect(dayDifference(before, dayDocument(sold).json)).toEqual({ prices: false, rest: true });
    });
  });

  it('is none exactly where the documents are the same', () => {
    const NONE = { prices: false, rest: false };
    fc.assert(
      fc.property(anyDay, anyDay, (before, after) => {
        const [old, now] = [dayDocument(before).json, dayDocument(after).json];
        expect(dayDifference(old, old)).toEqual(NONE);
        const { prices, rest } = dayDifference(old, now);
        expect(prices || rest).toBe(old !== now);
      }),
    );
  });
});

function priced(amount: number, originalPrice: number | null = 99): SuppliedSlot {
  return supplied({ paxAvailability: [pax({ price: { ...price(amount), originalPrice } })] });
}
