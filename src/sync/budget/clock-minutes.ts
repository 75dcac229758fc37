const MINUTE_MS = 60_000;

/** The clock minute, and the one before it. */
export function minutesOf(now: Date): { readonly minute: Date; readonly minuteBefore: Date } {
  const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  return { minute: new Date(minute), minuteBefore: new Date(minute - MINUTE_MS) };
}
