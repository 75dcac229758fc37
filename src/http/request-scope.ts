let current: string | undefined;

/**
 * What `work` logs belongs to the request. It holds while `work` runs, and not for what it leaves behind: carried along
 * everything that is asynchronous (AsyncLocalStorage), it would cost each read of a Node before 24 more than the log is worth.
 */
export function inRequest<T>(requestId: string, work: () => T): T {
  const before = current;
  current = requestId;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** The request of which something is logged just now; undefined: of none. */
export function currentRequestId(): string | undefined {
  return current;
}
