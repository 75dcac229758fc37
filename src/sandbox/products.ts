import { FEATURED } from './featured-products.js';
import { madeUpProduct } from './made-up-product.js';
import type { Product } from './product.js';

const FIRST_ID = 14;

/** Made anew on every call: thousands of them cost nothing while nobody asks. */
export function productsOf(count: number, seed = 1): Product[] {
  return Array.from({ length: count }, (_, index) => product(FIRST_ID + index, seed));
}

/** The product, when it is one of so many. */
export function productOf(id: number, count: number, seed = 1): Product | undefined {
  return Number.isInteger(id) && id >= FIRST_ID && id < FIRST_ID + count ? product(id, seed) : undefined;
}

/** The product of an id, however many there are. */
export function product(id: number, seed = 1): Product {
  return FEATURED[id - FIRST_ID] ?? madeUpProduct(id, seed);
}
