import { setTimeout } from 'node:timers/promises';

/** Resolves after so many milliseconds, or when the signal is aborted. Keeps no process alive. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms > 0) await setTimeout(ms, undefined, { ...(signal && { signal }), ref: false }).catch(() => undefined);
}
