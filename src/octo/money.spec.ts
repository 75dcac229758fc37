import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { octoPricing, totalOf } from './money.js';

const price = (finalPrice: number, originalPrice: number | null = null, currencyCode = 'SGD') => ({
  ...{ finalPrice, originalPrice, currencyCode, discount: null },
});

describe('a price in minor units', () => {
  it.each([
    [price(19.99, 25), 1_999, 2_500, 2],
    [price(1.005), 1_005, 1_005, 3],
    [price(0), 0, 0, 2],
    [price(341), 34_100, 34_100, 2],
    [price(1_200, 1_500, 'JPY'), 1_200, 1_500, 0],
    [price(1.5, null, 'JPY'), 15, 15, 1],
    [price(4.75, 5.125, 'KWD'), 4_750, 5_125, 3],
    [price(0.0000001), 1, 1, 7],
    [price(7, null, '???'), 700, 700, 2],
  ])('%j is exact', (given, retail, original, currencyPrecision) => {
    expect(octoPricing(given)).toEqual({
      ...{ retail, original, currencyPrecision, net: null, currency: given.currencyCode, includedTaxes: [] },
    });
  });

  it('is the amount again when it is divided, to the last digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 0, max: 4 }), (digits, decimals) => {
        const amount = Number(`${digits}e-${decimals}`);
        const { retail = NaN, currencyPrecision = NaN } = octoPricing(price(amount)) ?? {};
        expect(Number(`${retail}e-${currencyPrecision}`)).toBe(amount);
      }),
    );
  });

  it.each([
    [price(100 / 3), 3_333_333_333_333_334, 14],
    [price(999_999_999_999_999), 999_999_999_999_999, 0],
    [price(0.1 + 0.2), 3_000_000_000_000_000, 16],
  ])('%j is as exact as JSON numbers are', (given, retail, currencyPrecision) => {
    expect(octoPricing(given)).toMatchObject({ retail, currencyPrecision });
    const third = octoPricing(given);
    const total = third && totalOf([[third, 3]]);
    expect(Number(`${total?.retail}e-${total?.currencyPrecision}`)).toBeCloseTo(given.finalPrice * 3, 12);
  });

  it('is none where a JSON number cannot hold its whole units', () => {
    expect(octoPricing(price(1e16))).toBeUndefined();
  });

  it('adds up to a total in the finest precision, and not across currencies', () => {
    const [cents, mills, yen] = [price(0.1), price(0.005), price(100, null, 'JPY')].map(octoPricing);
    if (!cents || !mills || !yen) throw new Error('each has minor units');
    expect(
      totalOf([
        [cents, 3],
        [mills, 1],
      ]),
    ).toMatchObject({ retail: 305, original: 305, currencyPrecision: 3 });
    expect(
      totalOf([
        [cents, 3],
        [yen, 1],
      ]),
    ).toBeUndefined();
  });
});
