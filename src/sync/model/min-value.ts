import { HIGHEST_PRICE } from './shadow-price.js';

/**
 * The least shadow price. A request whose value lies below MIN_VALUE saves next to nothing: the supplier allows it, and still
 * it is not worth sending. Values are reckoned in reads relative to an average day's, so the least price is MIN_VALUE in
 * that unit.
 * @param minValue stale reads that a request must save
 * @param readsPerDay reads of an average day, per day of time; 0: nobody reads, and no request is worth sending
 */
export function leastPrice(minValue: number, readsPerDay: number): number {
  if (minValue === 0) return 0;
  return readsPerDay > 0 ? Math.min(HIGHEST_PRICE, minValue / readsPerDay) : HIGHEST_PRICE;
}

/**
 * The rank from which on a confirmed day may be fetched by its value, see `valueRank`: 1 while the least price is the price,
 * less while the budget makes requests dearer. V grows with the square of the rank.
 * @param price that priorities are computed with, at least `least`
 */
export function leastRank(least: number, price: number): number {
  return Math.sqrt(Math.min(1, least / price));
}
