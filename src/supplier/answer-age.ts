import type { HeaderReader } from './quota.js';
import { httpDateMs } from './refusal-end.js';

/** An older answer is as old as this: a larger number is none that a cache tells. */
const OLDEST_MS = 86_400_000;

/** Where caches say whether they had the answer: RFC 9211, and what came before it. */
const CACHE_HEADERS = ['cache-status', 'x-cache', 'x-cache-status', 'cf-cache-status'];

/**
 * How old an answer was when it was received, milliseconds: a cache on the way tells it in `Age` (RFC 9111 5.1). One that
 * only says that it had the answer (`X-Cache: HIT`) leaves the `Date` of whoever made it. 0: nothing tells of an age.
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

/** Undefined: it is no number of seconds. */
function seconds(age: unknown): number | undefined {
  return typeof age === 'string' && /^\s*\d+\s*$/.test(age) ? Number(age) : undefined;
}
