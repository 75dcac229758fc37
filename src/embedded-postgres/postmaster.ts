import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { diskFull, EmbeddedPostgresError, isDiskFull } from './embedded-postgres-error.js';
import { freePort } from './free-port.js';
import type { LaunchContext } from './launch-context.js';
import { readPidFile } from './postmaster-pid-file.js';
import type { CommandResult } from './run-command.js';
import { serverOptions } from './server-settings.js';
import { runAs } from './server-user.js';

/** Recovery after a crash may take long. */
const START_SECONDS = 300;

/** A stop waits for a checkpoint: up to a minute. */
const STOP_PAUSE_MS = 20;
const MOST_STOP_PAUSES = 3000;

/** Temporary reasons: the port was taken in between, or the last processes of a killed server are still ending. */
const TEMPORARY = /Address already in use|pre-existing shared memory block|lock file "postmaster\.pid" already exists/;
const MOST_TRIES = 5;

/** The server process of one cluster. */
export class Postmaster {
  private readonly cluster: string;
  private readonly logFile: string;
  private tries = 0;

  constructor(private readonly context: LaunchContext) {
    this.cluster = context.folder.cluster;
    this.logFile = path.join(this.cluster, 'server.log');
  }

  async runningPort(): Promise<number | undefined> {
    const pidFile = await readPidFile(this.cluster);
    return pidFile?.alive === true ? pidFile.port : undefined;
  }

  /**
   * Starts it and returns its port; undefined when that failed for a temporary reason: try again.
   * @param fixed the port; undefined: any free one
   */
  async start(fixed?: number): Promise<number | undefined> {
    await this.removeStalePidFile();
    const port = fixed ?? (await freePort());
    // pg_ctl gives the server its own session: Ctrl-C in our terminal does not reach it before we have drained.
    const options = serverOptions(port, this.context.settings);
    const started = await this.pgCtl('start', '-w', '-t', String(START_SECONDS), '-l', this.logFile, '-o', options);
    if (started.code === 0) {
      this.tries = 0;
      return port;
    }
    if ((await this.runningPort()) !== undefined) return undefined;
    const lastLines = await this.lastLogLines();
    this.tries += 1;
    if (TEMPORARY.test(lastLines) && this.tries < MOST_TRIES) return undefined;
    if (isDiskFull(`${lastLines}${started.output}`)) throw diskFull(this.cluster);
    throw new EmbeddedPostgresError(
      `PostgreSQL did not start in ${this.cluster}. Its log, ${this.logFile}, ends with: ${lastLines.split('\n').slice(-3).join(' / ')}`,
    );
  }

  /** Does not use `pg_ctl stop -w`: it waits for the pid file to go, even when that is already the next server's. */
  async stop(): Promise<void> {
    const stopping = await readPidFile(this.cluster);
    if (stopping?.alive !== true) return;
    const { output } = await this.pgCtl('stop', '-m', 'fast', '-W');
    for (let pauses = 0; pauses < MOST_STOP_PAUSES; pauses += 1) {
      const current = await readPidFile(this.cluster);
      if (current?.alive !== true || current.pid !== stopping.pid) return;
      await sleep(STOP_PAUSE_MS);
    }
    throw new EmbeddedPostgresError(`PostgreSQL in ${this.cluster} (pid ${stopping.pid}) did not stop: ${output}`);
  }

  async lastLogLines(): Promise<string> {
    const text = await readFile(this.logFile, 'utf8').catch(() => '(none)');
    return text.trimEnd().split('\n').slice(-12).join('\n');
  }

  private pgCtl(action: string, ...args: string[]): Promise<CommandResult> {
    const { binaries, user } = this.context;
    return runAs(user, binaries.pgCtl, [action, '-D', this.cluster, ...args]);
  }

  /** PostgreSQL does this itself, unless another process has the id by now. */
  private async removeStalePidFile(): Promise<void> {
    const pidFile = await readPidFile(this.cluster);
    if (pidFile?.alive === false) await rm(pidFile.file, { force: true });
  }
}
