import { leadDays, startOf } from './calendar.js';
import { fraction } from './hash.js';
import type { Product } from './product.js';

/** Which share of its bookings a slot has so many days ahead: half of all come in the last week, and more than a third in the last two days. */
const BOOKED: readonly (readonly [days: number, share: number])[] = [
  [0, 1],
  [1, 0.77],
  [2, 0.62],
  [7, 0.48],
  [14, 0.37],
  [30, 0.24],
  [60, 0.1],
  [120, 0],
];

export function bookedShare(days: number): number {
  const after = BOOKED.findIndex(([at]) => at >= days);
  const [farDays, farShare] = BOOKED[after] ?? [days, 0];
  const [nearDays, nearShare] = BOOKED[after - 1] ?? [farDays, farShare];
  return farDays === nearDays
    ? farShare
    : nearShare + ((farShare - nearShare) * (days - nearDays)) / (farDays - nearDays);
}

/** Share of a slot's places that is gone at that instant; nothing is left once it has started. */
export function soldShare(product: Product, date: string, time: string, now: number, seed: number): number {
  const days = leadDays(startOf(date, time), now);
  return days <= 0 ? 1 : Math.min(1, demand(product, date, time, seed) * bookedShare(days));
}

/** Places that are counted together: within so many, each is sold at an instant of its own. */
const LOT = 10;

/**
 * How many of these places are sold, when a share of them is sold on average. Bookings come at random instants, not at even steps.
 * @param about tells these places from all others
 */
export function soldPlaces(capacity: number, share: number, about: readonly (string | number)[]): number {
  const expected = capacity * share;
  const before = Math.floor(expected / LOT) * LOT;
  const places = Array.from({ length: Math.min(LOT, capacity - before) }, (_, place) => before + place);
  const reached = (expected - before) / places.length;
  return before + places.filter((place) => fraction('sold', ...about, place) < reached).length;
}

/** How many of its places a slot could sell in the end; more than 1 sells out early. */
function demand(product: Product, date: string, time: string, seed: number): number {
  const about = [seed, product.id, date, time];
  const spread = fraction('spread', ...about);
  if (fraction('sells out', ...about) < product.soldOutShare) return 1.05 + 2 * spread ** 2;
  return Math.min(1, product.usualDemand * (0.3 + 1.4 * spread));
}
