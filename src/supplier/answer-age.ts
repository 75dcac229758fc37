import type { HeaderReader } from './quota.js';
import { httpDateMs } from './refusal-end.js';

/** The largest age. Larger numbers are not from a cache, and are cut to this. */
const OLDEST_MS = 86_400_000;

/** Headers in which caches report a hit: RFC 9211, and older ones. */
const CACHE_HEADERS = ['cache-status', 'x-cache', 'x-cache-status', 'cf-cache-status'];

/**
 * How old an answer was when it was received, milliseconds. A cache on the way reports it in `Age` (RFC 9111 5.1). If a cache
 * only reports a hit (`X-Cache: HIT`), the age follows from the `Date` of the origin. 0: no sign of an age.
 */
export function answerAge(received: Date, header: HeaderReader): number {
  const age = seconds(header('age'));
  if (age !== undefined) return Math.min(age * 1_000, OLDEST_MS);
  if (!CACHE_HEADERS.some((name) => saysHit(header(name)))) return 0;
  const made = httpDateMs(header('date')) ?? received.getTime();
  return Math.min(Math.max(received.getTime() - made, 0), OLDEST_MS);
}

function saysHit(value: unknown): boolean {
  return typeof value === 'string' && /(^|[^a-z])hit([^a-z]|$)/i.test(value);
}

/** Undefined: not a number of seconds. */
function seconds(age: unknown): number | undefined {
  return typeof age === 'string' && /^\s*\d+\s*$/.test(age) ? Number(age) : undefined;
}
