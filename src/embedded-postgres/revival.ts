import { diskFull, EmbeddedPostgresError, isDiskFull } from './embedded-postgres-error.js';
import type { LaunchContext } from './launch-context.js';
import type { Postmaster } from './postmaster.js';

/** Restarts a server that has stopped, on its port: every connection goes to that port. */
export class Revival {
  constructor(
    private readonly context: LaunchContext,
    private readonly postmaster: Postmaster,
    private readonly port: number,
  ) {}

  /**
   * Resolves when the server runs, or recovers by itself as it does after a crash of one of its processes.
   * @throws EmbeddedPostgresError that says in one sentence why it does not
   */
  async run(): Promise<void> {
    const running = await this.postmaster.runningPort();
    if (running === this.port) return;
    const { folder, log } = this.context;
    if (running !== undefined)
      throw new EmbeddedPostgresError(`another Slotmirror has started it on port ${running}: stop one of the two`);
    try {
      if ((await this.postmaster.start(this.port)) === undefined) return;
    } catch (error) {
      throw await this.explained(error);
    }
    log(`PostgreSQL had stopped and was restarted on 127.0.0.1:${this.port}, data in ${folder.cluster}`);
  }

  private async explained(error: unknown): Promise<unknown> {
    if (!(error instanceof EmbeddedPostgresError)) return error;
    const { cluster } = this.context.folder;
    const lines = await this.postmaster.lastLogLines();
    if (isDiskFull(lines)) return diskFull(cluster);
    return new EmbeddedPostgresError(`it does not start; its log ends with: ${lines.split('\n').at(-1) ?? ''}`);
  }
}
