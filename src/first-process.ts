import { constants } from 'node:os';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * The kernel keeps a signal from the first process of a container unless somebody listens to it. So without this, `docker stop` during
 * a start, or a signal that a process sends itself when it has put everything away, would end nothing.
 */
export function endFirstProcessOnSignals(): void {
  if (process.pid !== 1) return;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // Others who listen put something away first.
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
  }
}
