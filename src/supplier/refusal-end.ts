/** How long to wait after a refusal that names no usable instant, milliseconds: a whole window of the partner's limit. */
const DEFAULT_WAIT_MS = 60_000;
/** An instant further away is not believed: nothing would be asked until then. */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Until when a 429 forbids to ask.
 * @param resetMs `rateLimitState.reset`, epoch milliseconds
 * @param retryAfter the `Retry-After` header: seconds, or an HTTP date (RFC 9110, 10.2.3)
 */
export function refusalEnd(now: Date, resetMs: unknown, retryAfter: unknown): Date {
  const named = [resetMs, retryAfterMs(now, retryAfter)].find(
    (ms): ms is number => typeof ms === 'number' && ms > now.getTime() && ms <= now.getTime() + LONGEST_WAIT_MS,
  );
  return new Date(Math.ceil(named ?? now.getTime() + DEFAULT_WAIT_MS));
}

function retryAfterMs(now: Date, header: unknown): number | undefined {
  if (typeof header !== 'string') return undefined;
  return /^\d+$/.test(header) ? now.getTime() + Number(header) * 1_000 : Date.parse(header);
}
