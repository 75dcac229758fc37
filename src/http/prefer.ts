/** The longest that a client may have us wait, seconds. */
const LONGEST_WAIT_SECONDS = 60;

/**
 * How many seconds the client would wait for the end (RFC 7240 §4.3, `Prefer: wait=10`); undefined: it does not say, or
 * not so that it can be understood, which is to be taken as if it did not.
 */
export function preferredWait(header: string | string[] | undefined): number | undefined {
  const preferences = String(header ?? '').split(',');
  for (const preference of preferences) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(;.*)?$/i.exec(preference)?.[1];
    // The first counts.
    if (seconds !== undefined) return Math.min(Number(seconds), LONGEST_WAIT_SECONDS);
  }
  return undefined;
}
