import { diskFull, EmbeddedPostgresError, isDiskFull } from './embedded-postgres-error.js';
import type { LaunchContext } from './launch-context.js';
import type { Postmaster } from './postmaster.js';

/** Starts the server again on its port when it has ended: all connections are made to that port. */
export class Revival {
  constructor(
    private readonly context: LaunchContext,
    private readonly postmaster: Postmaster,
    private readonly port: number,
  ) {}

  /**
   * Resolves when the server runs, or starts by itself, as it does after one of its processes crashed.
   * @throws EmbeddedPostgresError in one sentence why it does not
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
    log(`PostgreSQL had ended, and was started again on 127.0.0.1:${this.port}, data in ${folder.cluster}`);
  }

  private async explained(error: unknown): Promise<unknown> {
    if (!(error instanceof EmbeddedPostgresError)) return error;
    const { cluster } = this.context.folder;
    const lines = await this.postmaster.lastLogLines();
    if (isDiskFull(lines)) return diskFull(cluster);
    return new EmbeddedPostgresError(`it does not start; its log ends with: ${lines.split('\n').at(-1) ?? ''}`);
  }
}
