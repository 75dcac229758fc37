import { HIGHEST_PRICE } from './shadow-price.js';

/**
 * The least shadow price. A request whose value is below MIN_VALUE saves almost no stale reads. It is not sent, although the
 * budget allows it. Values are in units of the reads of an average day, so the least price is MIN_VALUE in that unit.
 * @param minValue stale reads that a request must save
 * @param readsPerDay reads of an average day, per day of time; 0: nobody reads, and no request is worth sending
 */
export function leastPrice(minValue: number, readsPerDay: number): number {
  if (minValue === 0) return 0;
  return readsPerDay > 0 ? Math.min(HIGHEST_PRICE, minValue / readsPerDay) : HIGHEST_PRICE;
}

/**
 * The least rank at which a confirmed day may be fetched by its value, see `valueRank`. It is 1 while the price is the least
 * price, and lower while a scarce budget raises the price. V grows with the square of the rank.
 * @param price the shadow price of the priorities, at least `least`
 */
export function leastRank(least: number, price: number): number {
  return Math.sqrt(Math.min(1, least / price));
}

/** Up to this factor above the least price it is the least price that sets the shadow price, which moves gradually. */
const NEAR = 1.5;

/**
 * The price for days that were never confirmed. The least price must not order the first fill: at a price that no day is worth,
 * the days that change least would come first, and today last. Then it is at most the price of a made-up catalogue.
 * @param prior what the budget affords where nothing is known
 */
export function fillPrice(price: number, least: number, prior: number): number {
  return price > NEAR * least ? price : Math.min(prior, price);
}
