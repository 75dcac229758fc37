import { execFile } from 'node:child_process';
import { appendFile, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/embedded-postgres/index.js';
import { applyMigrations, defaultMigrationsFolder } from '../../src/prisma/migration-runner.js';
import { connect } from './sql-client.js';
import { until } from './until.js';

const SETTINGS = { wal_level: 'replica', max_wal_senders: '5', fsync: 'off', shared_buffers: '16MB' };
const log = () => undefined;

/** A PostgreSQL and a streaming standby of it, both real, migrated and empty. */
export class StreamingPair {
  private constructor(
    private readonly root: string,
    private primary: EmbeddedPostgres,
    private readonly standby: EmbeddedPostgres,
  ) {}

  /** The standby is a copy of the primary's files, made while it was down. */
  static async start(): Promise<StreamingPair> {
    const root = await mkdtemp(path.join(tmpdir(), 'slotmirror-pair-'));
    await chmod(root, 0o755); // run by root, the servers are somebody else
    const [first, second] = [path.join(root, 'primary'), path.join(root, 'standby')];
    const fresh = await startEmbeddedPostgres({ dir: first, log, settings: SETTINGS });
    await applyMigrations(fresh.url, defaultMigrationsFolder());
    await fresh.stop();
    await promisify(execFile)('cp', ['-a', first, second]);
    const primary = await startEmbeddedPostgres({ dir: first, log, settings: SETTINGS });
    const { port, username, password } = new URL(primary.url);
    await writeFile(path.join(second, 'postgres', 'standby.signal'), '');
    await appendFile(
      path.join(second, 'postgres', 'postgresql.auto.conf'),
      `primary_conninfo = 'host=127.0.0.1 port=${port} user=${username} password=${password}'\n`,
    );
    const standby = await startEmbeddedPostgres({ dir: second, log, settings: SETTINGS });
    return new StreamingPair(root, primary, standby);
  }

  /** For `Replicas`: whoever made the pair stops it. */
  get database() {
    return { url: this.primary.url, drop: () => Promise.resolve() };
  }

  get standbyUrl(): string {
    return this.standby.url;
  }

  /** The standby receives what the primary writes, but shows nothing of it. */
  async pauseReplay(): Promise<void> {
    await this.onStandby('select pg_wal_replay_pause()');
    await until('replay is paused', async () => {
      const [row] = await this.onStandby<{ state: string }>('select pg_get_wal_replay_pause_state() as state');
      return row?.state === 'paused';
    });
  }

  async resumeReplay(): Promise<void> {
    await this.onStandby('select pg_wal_replay_resume()');
  }

  async promote(): Promise<void> {
    await this.onStandby('select pg_promote()');
  }

  async stopPrimary(): Promise<void> {
    await this.primary.stop();
  }

  async stop(): Promise<void> {
    await this.standby.stop();
    await this.primary.stop();
    await rm(this.root, { recursive: true, force: true });
  }

  private async onStandby<Row>(text: string): Promise<Row[]> {
    const client = await connect(this.standby);
    try {
      const { rows } = await client.query(text);
      return rows as Row[];
    } finally {
      await client.end();
    }
  }
}
