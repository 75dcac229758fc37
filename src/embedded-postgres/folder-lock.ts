import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DataFolder } from './data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode, errorText } from './error-text.js';

/** Any number that nobody else locks in the database `postgres`. */
const LOCK_KEY = 5_107_107;
/** The server needs a moment to notice that a killed holder is gone. */
const LOCK_TIMEOUT = '3s';
const LOCK_NOT_AVAILABLE = '55P03';

/** Between attempts to regain it, doubling. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * One instance per folder: a lock in the database, held by one connection for as long as the instance lives. However
 * the instance ends, the system closes the connection and so frees the lock; a lock file could not do that.
 */
export class FolderLock {
  private client: pg.Client | undefined;
  private readonly releasing = new AbortController();
  private regaining: Promise<void> | undefined;

  constructor(
    private readonly folder: DataFolder,
    private readonly connectionString: string,
    private readonly log: (line: string) => void,
    /** Restarts the server if it has stopped. */
    private readonly revive: () => Promise<void>,
  ) {}

  async acquire(): Promise<void> {
    const client = new pg.Client({ connectionString: this.connectionString, ssl: false, keepAlive: true });
    // Without a listener a lost connection would end the process. It is handled at 'end', below.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(`set lock_timeout = '${LOCK_TIMEOUT}'`);
      await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
      await writeFile(this.folder.pidFile, `${process.pid}\n`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw errorCode(error) === LOCK_NOT_AVAILABLE ? await this.taken() : error;
    }
    this.client = client;
    client.once('end', () => (this.regaining = this.regain()));
  }

  /** False: the server is gone, or belongs to another instance by now. */
  get held(): boolean {
    return this.client !== undefined;
  }

  async run(sql: string): Promise<pg.QueryResult<Record<string, unknown>>> {
    if (this.client === undefined) throw new EmbeddedPostgresError('The lock on the data folder is not held.');
    return this.client.query<Record<string, unknown>>(sql);
  }

  /** From here on the connection ends on purpose. */
  async release(): Promise<void> {
    this.releasing.abort();
    await this.regaining;
    if (this.held) await rm(this.folder.pidFile, { force: true });
  }

  async close(): Promise<void> {
    await this.client?.end().catch(() => undefined);
  }

  /** When one of its processes crashes, PostgreSQL drops all connections and continues, or it stops: lock again. */
  private async regain(): Promise<void> {
    this.client = undefined;
    let lastReason = '';
    for (let pauseMs = FIRST_PAUSE_MS; !this.released; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
      try {
        await this.revive();
        await this.acquire();
        return;
      } catch (error) {
        const reason = errorText(error);
        if (reason !== lastReason)
          this.log(`The embedded PostgreSQL is down and does not restart; retrying: ${reason}`);
        lastReason = reason;
      }
      await sleep(pauseMs, undefined, { ref: false, signal: this.releasing.signal }).catch(() => undefined);
    }
  }

  private get released(): boolean {
    return this.releasing.signal.aborted;
  }

  private async taken(): Promise<EmbeddedPostgresError> {
    const pid = (await readFile(this.folder.pidFile, 'utf8').catch(() => '')).trim();
    return new EmbeddedPostgresError(
      `Another Slotmirror is already running on ${this.folder.root}${pid === '' ? '' : ` (pid ${pid})`}; ` +
        'stop it or set DATA_DIR to another folder.',
    );
  }
}
