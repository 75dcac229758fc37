const FIRST_MS = 10_000;
export const LONGEST_BACKOFF_MS = 30 * 60_000;

/**
 * How long to wait after the `failures`-th failure of a day in a row (1, 2, …), milliseconds. It doubles from ten seconds to
 * half an hour, times a random factor of 0.5 … 1 ("equal jitter"), so that days that failed together are not retried together.
 * @param random uniform in [0, 1)
 */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_BACKOFF_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.round(full * (0.5 + random / 2));
}
