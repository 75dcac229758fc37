import type { Decision, RateLimit } from '../rate-limit.js';
import { OctoError } from './octo-error.js';

type Headers = Record<string, string>;

/** What the limit says of itself on every answer that it counted or refused. */
export function limitHeaders(limit: RateLimit, decision: Decision, now: number): Headers {
  return {
    'OCTO-RateLimit-Limit': String(limit.requestsPerMinute),
    'OCTO-RateLimit-Remaining': String(limit.remaining(now)),
    ...(decision.accepted ? {} : waitHeaders(decision.reset - now)),
  };
}

export function waitHeaders(waitMs: number): Headers {
  const seconds = String(Math.ceil(waitMs / 1000));
  return { 'Retry-After': seconds, 'OCTO-RateLimit-RetryAfter': seconds };
}

export function tooManyRequests(): OctoError {
  return new OctoError('TOO_MANY_REQUESTS', 'The rate limit is used up. Retry after the time in Retry-After.', {}, 429);
}
