const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];

/**
 * A signal during the start first stops the PostgreSQL that is starting: it has its own session and would outlive us.
 */
export class StartGuard {
  private readonly onSignal: (signal: NodeJS.Signals) => void;

  constructor(stop: () => Promise<void>) {
    this.onSignal = (signal) => {
      const end = () => {
        this.release();
        process.kill(process.pid, signal); // the parent process sees which signal ended us
      };
      void stop().then(end, end);
    };
    SIGNALS.forEach((signal) => process.once(signal, this.onSignal));
  }

  /** From here on the application stops the server. */
  release(): void {
    SIGNALS.forEach((signal) => process.removeListener(signal, this.onSignal));
  }
}
