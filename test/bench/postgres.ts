import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Database } from '../../src/prisma/index.js';
import { loadEmbeddedPostgres, loadPrisma } from './dist.js';
import type { Scope } from './scope.js';

export interface EmptyDatabase {
  readonly url: string;
  /** Of the whole bench; removed at its end. */
  readonly dir: string;
  /** A connection for what is not measured. */
  readonly client: pg.Client;
}

export interface BenchDatabase extends EmptyDatabase {
  /** For Slotmirror's own classes. */
  readonly database: Database;
  /** Before its scope ends, for another to open what lies in `dir`. */
  stop(): Promise<void>;
}

/** An embedded PostgreSQL of the bench's own, as the program starts it (durable: fsync is on), migrated. */
export async function startPostgres(scope: Scope): Promise<BenchDatabase> {
  const { startEmbeddedPostgres } = await loadEmbeddedPostgres();
  const { Database } = await loadPrisma();
  const dir = await mkdtemp(path.join(tmpdir(), `slotmirror-bench-${process.pid}-`));
  scope.defer(() => rm(dir, { recursive: true, force: true }));
  await chmod(dir, 0o755); // run by root, the server is somebody else
  const settings = { shared_preload_libraries: 'pg_stat_statements' };
  const starting = startEmbeddedPostgres({ dir, log: () => undefined, settings });
  scope.defer(async () => (await starting.catch(() => undefined))?.stop());
  const server = await starting;
  const database = await Database.open({ url: server.url, replicaUrl: undefined, dataDir: dir }, () => undefined);
  const client = await connect(scope, server.url);
  const stop = async () => {
    await client.end();
    await server.stop();
  };
  return { url: server.url, dir, database, client, stop };
}

/** Another database in the same PostgreSQL, migrated and empty. */
export async function anotherDatabase(
  scope: Scope,
  { client, url, dir }: EmptyDatabase,
  name: string,
): Promise<EmptyDatabase> {
  const { Database } = await loadPrisma();
  const own = new URL(url);
  own.pathname = `/${name}`;
  await client.query(`CREATE DATABASE ${name}`);
  await Database.open({ url: own.href, replicaUrl: undefined, dataDir: dir }, () => undefined);
  return { url: own.href, dir, client: await connect(scope, own.href) };
}

/** The process that started the backends. */
export async function postmasterPid({ client }: BenchDatabase): Promise<number> {
  const { rows } = await client.query<{ dir: string }>(`SELECT current_setting('data_directory') AS dir`);
  const text = await readFile(path.join(rows[0]?.dir ?? '', 'postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0]);
}

export async function connect(scope: Scope, connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  scope.defer(() => client.end());
  return client;
}
