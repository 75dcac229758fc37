import { fraction, pick } from './hash.js';
import type { LeapPrice } from './leap-slot.js';
import type { PaxType, Product } from './product.js';
import { timeBucket } from './time-bucket.js';

const PERCENT = [-10, -5, 5, 8];

/** What the supplier strikes through is always so much more. */
const STRUCK_CENTS = 100_00;

/** By how many percent a day's prices differ from the product's own, at that instant. */
export function priceChange(product: Product, date: string, now: number, seed: number): number {
  return change([seed, product.id], 12, 0.35, now) + change([seed, product.id, date], 8, 0.05, now);
}

export function priceOf(pax: PaxType, alternateCents: number, percent: number, currencyCode: string): LeapPrice {
  const cents = pax.cents === 0 ? 0 : Math.round(((pax.cents + alternateCents) * (100 + percent)) / 100);
  const struck = cents === 0 ? 0 : cents + STRUCK_CENTS;
  return { discount: 0, finalPrice: cents / 100, originalPrice: struck / 100, currencyCode };
}

/** A step: for some hours at a time, in a share of all such stretches. */
function change(about: readonly (string | number)[], hours: number, share: number, now: number): number {
  const bucket = timeBucket(now, hours, 'price', ...about);
  return fraction('price?', ...about, bucket) < share ? pick(PERCENT, 'percent', ...about, bucket) : 0;
}
