const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];

/**
 * A process that is told to end while it starts ends only when what it has started is stopped: an embedded PostgreSQL has a
 * session of its own, and would go on without it.
 */
export class StartGuard {
  private readonly onSignal: (signal: NodeJS.Signals) => void;

  constructor(stop: () => Promise<void>) {
    this.onSignal = (signal) => {
      const end = () => {
        this.release();
        process.kill(process.pid, signal); // as any process ends: whoever waits sees what ended it
      };
      void stop().then(end, end);
    };
    SIGNALS.forEach((signal) => process.once(signal, this.onSignal));
  }

  /** From here on somebody else sees to it. */
  release(): void {
    SIGNALS.forEach((signal) => process.removeListener(signal, this.onSignal));
  }
}
