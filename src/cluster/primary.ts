import { Logger } from '@nestjs/common';
import { Database } from '../prisma/index.js';
import type { ProcessSettings } from './process-settings.js';
import { WorkerSlot } from './worker-slot.js';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * The first of several processes that serve on one port. It serves nothing itself: it has the database (the embedded
 * one belongs to a single process), hands out the connections, replaces workers that end, and ends them in order. To one
 * another the workers are replicas.
 */
export class Primary {
  private readonly slots: readonly WorkerSlot[];
  private stopped: Promise<void> | undefined;

  private constructor(
    private readonly database: Database,
    { server, graceMs }: ProcessSettings,
    private readonly onFailure: (error: unknown) => void,
  ) {
    const logger = new Logger('Server');
    const options = {
      env: { DATABASE_URL: database.url },
      graceMs,
      log: (line: string) => {
        logger.warn(line);
      },
      onHopeless: (error: Error) => {
        this.stop(() => {
          onFailure(error);
        });
      },
    };
    this.slots = Array.from({ length: server.processes }, (_, own) => {
      const othersServe = () => this.slots.some((slot, i) => i !== own && slot.serves);
      return new WorkerSlot({ ...options, othersServe });
    });
  }

  /** @param onFailure what to do when there is nothing left to do but to give up; all is put away by then */
  static async open(settings: ProcessSettings, onFailure: (error: unknown) => void): Promise<Primary> {
    const logger = new Logger('Database');
    const database = await Database.open(settings.database, (line) => {
      logger.log(line);
    });
    return new Primary(database, settings, onFailure);
  }

  /** Resolves with the port when the processes serve that can: the others are tried again. */
  async serve(): Promise<number | undefined> {
    this.endOnSignals();
    this.database.handOver();
    try {
      // One first: what is wrong is told once, and what is made at the first start is made by one.
      const [first, ...others] = this.slots;
      const port = await first?.start();
      await Promise.all(others.map((slot) => slot.join()));
      return port;
    } catch (error) {
      this.stop(() => {
        this.onFailure(error);
      });
      return undefined;
    }
  }

  private endOnSignals(): void {
    const end = (signal: NodeJS.Signals): void => {
      this.stop(() => {
        SIGNALS.forEach((each) => process.removeListener(each, end));
        process.kill(process.pid, signal); // as one process ends: whoever waits sees what ended it
      });
    };
    SIGNALS.forEach((signal) => process.on(signal, end));
  }

  /** Once; what comes while it stops changes nothing. */
  private stop(then: () => void): void {
    this.stopped ??= this.putAway().then(then).catch(this.onFailure);
  }

  /** The database last: until then the workers record what is in flight. */
  private async putAway(): Promise<void> {
    await Promise.all(this.slots.map((slot) => slot.stop()));
    await this.database.close();
  }
}
