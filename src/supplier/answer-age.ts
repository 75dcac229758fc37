import type { HeaderReader } from './quota.js';
import { httpDateMs } from './refusal-end.js';

/** An older answer is as old as this: a larger number is none that a cache tells. */
const OLDEST_MS = 86_400_000;

/**
 * How old an answer was when it was received, milliseconds: a cache on the way tells it in `Age` (RFC 9111 5.1). One that
 * only says that it had the answer (`X-Cache: HIT`) leaves the `Date` of whoever made it. 0: nothing tells of an age.
 */
export function answerAge(received: Date, header: HeaderReader): number {
  const age = header('age');
  if (age !== undefined && age !== null) return Math.min(seconds(age) * 1_000, OLDEST_MS);
  const cache = header('x-cache');
  if (typeof cache !== 'string' || !/\bhit\b/i.test(cache)) return 0;
  const made = httpDateMs(header('date')) ?? received.getTime();
  return Math.min(Math.max(received.getTime() - made, 0), OLDEST_MS);
}

function seconds(age: unknown): number {
  return typeof age === 'string' && /^\s*\d+\s*$/.test(age) ? Number(age) : 0;
}
