import cluster, { type Worker } from 'node:cluster';
import { LONGEST_PAUSE_MS, MOST_FAILED_STARTS, RestartBackoff } from './restart-backoff.js';

/** Having served for so long, a worker counts as sound. */
const SOUND_MS = 60_000;

export interface SlotOptions {
  /** What a worker's environment has beside ours. */
  readonly env: Readonly<Record<string, string>>;
  /** How long a worker that was asked to end may take. */
  readonly graceMs: number;
  readonly log: (line: string) => void;
  /** Whether workers of other places serve: then this one is tried for as long as they do. */
  readonly othersServe: () => boolean;
  /** One after the other ended before it served, and there will be no other. */
  readonly onHopeless: (error: Error) => void;
}

/** The place of one worker: when it ends without having been asked to, another one takes it. */
export class WorkerSlot {
  private readonly backoff = new RestartBackoff();
  private worker: Worker | undefined;
  private timer: NodeJS.Timeout | undefined;
  private started = false;
  private serving = false;
  private stopping = false;

  constructor(private readonly options: SlotOptions) {}

  /**
   * Resolves with the port as soon as the first worker serves.
   * @throws Error when it ends before: then it has told why, and others would only repeat it
   */
  start(): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.stopping) throw new Error('It was stopped before it had started.');
      this.fork(resolve, (how) => {
        reject(new Error(`A process ended before it served (${how}), so all stop.`));
      });
    });
  }

  /** Resolves when the worker serves, or has ended before: then it is tried again, and what serves already goes on. */
  join(): Promise<void> {
    this.started = true;
    return new Promise((resolve) => {
      if (this.stopping) resolve();
      else
        this.fork(
          () => {
            resolve();
          },
          () => {
            resolve();
          },
        );
    });
  }

  /** Whether its worker serves. */
  get serves(): boolean {
    return this.serving;
  }

  /** Asks the worker to end, and sees to it that it does. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const { worker } = this;
    if (!worker) return;
    await new Promise<void>((resolve) => {
      const last = setTimeout(() => worker.process.kill('SIGKILL'), this.options.graceMs);
      worker.once('exit', () => {
        clearTimeout(last);
        resolve();
      });
      worker.process.kill('SIGTERM');
    });
  }

  private fork(onServing?: (port: number) => void, onEnd?: (how: string) => void): void {
    const worker = cluster.fork(this.options.env);
    let served = false;
    this.worker = worker;
    worker.once('listening', ({ port }) => {
      served = this.started = this.serving = true;
      this.timer = setTimeout(() => {
        this.backoff.renew();
      }, SOUND_MS);
      onServing?.(port);
    });
    worker.once('exit', (code: number | null, signal: string | null) => {
      const how = signal ?? `exit code ${code}`;
      clearTimeout(this.timer);
      this.worker = undefined;
      this.serving = false;
      onEnd?.(how);
      if (this.started && !this.stopping) this.replace(worker.process.pid, served, how);
    });
    // What cannot be sent to a worker that is going: its end is told by `exit`, and without a listener would be ours.
    worker.on('error', () => undefined);
  }

  private replace(pid: number | undefined, served: boolean, how: string): void {
    const pause = this.backoff.ended(served) ?? (this.options.othersServe() ? LONGEST_PAUSE_MS : undefined);
    if (pause === undefined) {
      const why = `${MOST_FAILED_STARTS} processes in a row ended before they served, the last with ${how}`;
      this.options.onHopeless(new Error(`Slotmirror stops: ${why}.`));
      return;
    }
    this.options.log(`process ${pid} ended (${how}); another takes its place ${pause ? `in ${pause} ms` : 'at once'}`);
    this.timer = setTimeout(() => {
      this.fork();
    }, pause);
  }
}
