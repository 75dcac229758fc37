import { usedUpUntil, type HeaderReader } from './quota.js';

/** How long to wait after a refusal that names no usable instant, milliseconds: a whole window of the supplier's limit. */
const DEFAULT_WAIT_MS = 60_000;
/** A longer wait is cut to this, so that a header can't take a product from sale for longer. */
const LONGEST_WAIT_MS = 7 * 86_400_000;
/** The furthest instant, milliseconds from now. One further away is in another unit. */
const FURTHEST_INSTANT_MS = 366 * 86_400_000;
/** From this on a number is an instant in epoch milliseconds; from the next constant on it is one in epoch seconds. */
const EPOCH_MS_FROM = 1e12;
const EPOCH_SECONDS_FROM = 1e9;
/** `Mon, 02 Mar 2026 04:00:45 GMT`, and the two obsolete forms that recipients must accept (RFC 9110 5.6.7). */
const HTTP_DATE = /^[a-z]{3,9},? .*\d\d:\d\d:\d\d/i;

/** Non-standard headers of some gateways. */
const IN_MILLISECONDS = ['retry-after-ms', 'x-ms-retry-after-ms'];

/** The separator of values, by which several lines of a header are joined. A comma within a date does not match. */
const BETWEEN_VALUES = /,(?!\s*\d{1,2}[\s-][a-z]{3})/i;

/** The end of the wait after a refusal: the latest of the ends that it names, or a minute from now. */
export function refusalEnd(now: Date, ends: readonly (Date | null)[]): Date {
  return latestEnd(ends) ?? new Date(now.getTime() + DEFAULT_WAIT_MS);
}

export function latestEnd(ends: readonly (Date | null)[]): Date | null {
  return ends.reduce((last, end) => (end !== null && (last === null || end > last) ? end : last), null);
}

/** The end that `Retry-After` or its variants in milliseconds name, the latest of several; null: none in the future. */
export function retryAfterEnd(now: Date, header: HeaderReader): Date | null {
  const value = header('retry-after');
  const values = typeof value === 'string' ? value.split(BETWEEN_VALUES) : [];
  const ends = values.map((each) => ahead(now, secondsOrDateMs(now, each.trim(), header('date'))));
  return latestEnd([...ends, ...IN_MILLISECONDS.map((name) => waitedEnd(now, secondsOf(header(name))))]);
}

function secondsOf(ms: unknown): number | undefined {
  return typeof ms === 'string' && /^\s*\d{1,12}\s*$/.test(ms) ? Number(ms) / 1_000 : undefined;
}

/** The same from a body: seconds, or an instant. */
export function waitedEnd(now: Date, value: unknown): Date | null {
  return typeof value === 'string' || typeof value === 'number' ? ahead(now, secondsOrDateMs(now, `${value}`)) : null;
}

/** When the last of the used-up quotas resets; null: none is used up. */
export function quotaEnd(now: Date, header: HeaderReader, bare = false): Date | null {
  return ahead(now, plausible(now, usedUpUntil(now, header, bare)));
}

/** The instant that a body names: epoch milliseconds or seconds, or ISO 8601. */
export function instantEnd(now: Date, value: unknown): Date | null {
  return ahead(now, instantMs(now, value));
}

/** Null: not in the future. */
function ahead(now: Date, end: number | undefined): Date | null {
  if (end === undefined || !(end > now.getTime())) return null;
  return new Date(Math.min(Math.ceil(end), now.getTime() + LONGEST_WAIT_MS));
}

/**
 * Seconds, or an HTTP date (RFC 9110 10.2.3). A number too large for seconds is an instant. A date is by the supplier's clock,
 * which `Date` shows.
 */
function secondsOrDateMs(now: Date, value: string, theirDate?: unknown): number | undefined {
  const [, seconds] = /^\s*(\d+(?:\.\d+)?)\s*s?\s*$/i.exec(value) ?? [];
  if (seconds !== undefined && Number(seconds) < EPOCH_SECONDS_FROM) return now.getTime() + Number(seconds) * 1_000;
  if (seconds !== undefined) return instantMs(now, seconds);
  const date = httpDateMs(value);
  if (date === undefined) return plausible(now, isoMs(value));
  const theirNow = httpDateMs(theirDate) ?? now.getTime();
  return plausible(now, now.getTime() + date - theirNow);
}

function instantMs(now: Date, value: unknown): number | undefined {
  if (typeof value === 'string' && !/^\s*\d+(\.\d+)?\s*$/.test(value)) return plausible(now, isoMs(value));
  const epoch = typeof value === 'string' ? Number(value) : value;
  if (typeof epoch !== 'number' || !(epoch >= EPOCH_SECONDS_FROM)) return undefined;
  return plausible(now, epoch >= EPOCH_MS_FROM ? epoch : epoch * 1_000);
}

function plausible(now: Date, ms: number | undefined): number | undefined {
  return ms !== undefined && ms <= now.getTime() + FURTHEST_INSTANT_MS ? ms : undefined;
}

/** Epoch milliseconds of an HTTP date; undefined: not an HTTP date. */
export function httpDateMs(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 60 || !HTTP_DATE.test(value)) return undefined;
  // The asctime form names no zone and means GMT.
  const ms = Date.parse(/(GMT|UTC|[+-]\d{4})\s*$/i.test(value) ? value : `${value} GMT`);
  return Number.isNaN(ms) ? undefined : ms;
}

function isoMs(value: string): number | undefined {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
