const POLL_MS = 20;

/** Resolves as soon as `condition` holds; rejects when it does not within the deadline. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  deadlineMs = 30_000,
): Promise<void> {
  const last = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > last) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
