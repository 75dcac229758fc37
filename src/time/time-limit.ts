/**
 * Runs `work` with a signal that is aborted after so many milliseconds, or with the other one. `AbortSignal.any` of
 * `AbortSignal.timeout` will not do: before Node.js 22.16 nothing holds the timeout, which may be collected and never fires.
 */
export async function withTimeLimit<T>(
  ms: number,
  other: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const abort = (): void => {
    limit.abort();
  };
  const timer = setTimeout(abort, ms).unref();
  other.addEventListener('abort', abort);
  if (other.aborted) abort();
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    other.removeEventListener('abort', abort);
  }
}
