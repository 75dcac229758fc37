import { describe, expect, it } from '@jest/globals';
import { productOf, productsOf } from './products.js';

describe('the products', () => {
  it('have ids from 14 on, as many as asked for', () => {
    expect(productsOf(5).map(({ id }) => id)).toEqual([14, 15, 16, 17, 18]);
    expect(productsOf(9000).at(-1)?.id).toBe(9013);
  });

  it('can be asked for one by one, within their number', () => {
    expect(productOf(600, 1000)).toEqual(productsOf(1000)[586]);
    expect([13, 1014, 14.5, NaN].map((id) => productOf(id, 1000))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('follow from the seed', () => {
    expect(productsOf(300, 3)).toEqual(productsOf(300, 3));
    expect(productOf(100, 300, 3)).not.toEqual(productOf(100, 300, 4));
  });

  it('differ from each other in what matters', () => {
    const products = productsOf(200);
    const different = (of: (product: (typeof products)[number]) => unknown) =>
      new Set(products.map((p) => JSON.stringify(of(p)))).size;
    expect(different(({ variantKey }) => variantKey)).toBe(200);
    expect(different(({ name }) => name)).toBeGreaterThan(100);
    expect(different(({ currencyCode }) => currencyCode)).toBeGreaterThan(1);
    expect(different(({ weekdays }) => weekdays)).toBeGreaterThan(4);
    expect(different(({ times }) => times)).toBeGreaterThan(4);
  });
});
