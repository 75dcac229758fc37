import { json } from './answer.js';
import type { Dialect } from './faulty-answer.js';
import { rateLimitBody } from './rate-limit.js';
import { firstSpoilt, lastSpoilt, type Spoilable, without } from './spoilt-list.js';

/** How long a 429 without a body of its own asks to wait. */
const STATUS_429_WAIT = 10_000;

const ABSURD_PRICE = { discount: -1, finalPrice: 1e308, originalPrice: -0.001, currencyCode: 'SGD' };

export const LEAP: Dialect = {
  failed: (status, now) =>
    status === 429
      ? json(429, rateLimitBody(now + STATUS_429_WAIT))
      : json(status, { message: `Switched on: status ${status}` }),
  absurd: firstSpoilt((slot) => {
    const pax = Array.isArray(slot['paxAvailability']) ? (slot['paxAvailability'] as Spoilable[]) : [];
    const numbers = { remaining: 1e21, min: 20, max: -1, price: ABSURD_PRICE };
    return { ...slot, remaining: -3, paxAvailability: pax.map((each) => ({ ...each, ...numbers })) };
  }),
  malformed: lastSpoilt((slot) => without(slot, 'paxAvailability')),
};
