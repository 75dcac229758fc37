import type { Dialect } from '../faulty-answer.js';
import { firstSpoilt, lastSpoilt, type Spoilable, without } from '../spoilt-list.js';
import { OctoError } from './octo-error.js';
import { tooManyRequests, waitHeaders } from './octo-limit.js';

/** How long a 429 without a body of its own asks to wait. */
const STATUS_429_WAIT = 10_000;

const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  422: 'UNPROCESSABLE_ENTITY',
};

const PRICE_LISTS = ['unitPricing', 'unitPricingFrom'];

export const OCTO: Dialect = {
  failed: (status) => {
    if (status === 429) return tooManyRequests().answer(waitHeaders(STATUS_429_WAIT));
    const code = CODES[status] ?? 'INTERNAL_SERVER_ERROR';
    return new OctoError(code, `Switched on: status ${status}`, {}, status).answer();
  },
  absurd: firstSpoilt((item) => ({ ...item, vacancies: -3, capacity: 1e21, maxUnits: -1, ...absurdPrices(item) })),
  malformed: lastSpoilt((item) => without(item, 'localDateTimeStart', 'localDate', 'options')),
};

function absurdPrices(item: Spoilable): Spoilable {
  const lists = Object.entries(item).filter(([field]) => PRICE_LISTS.includes(field));
  return Object.fromEntries(lists.map(([field, list]) => [field, (list as Spoilable[]).map(absurdPrice)]));
}

function absurdPrice(price: Spoilable): Spoilable {
  return { ...price, retail: 1e308, original: -1, currencyPrecision: -2 };
}
