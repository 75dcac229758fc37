import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../dist/embedded-postgres/index.js';
import { applyMigrations, defaultMigrationsFolder } from '../../dist/prisma/migration-runner.js';

const PREFIX = 'slotmirror-test-';
const TEMPLATE = 'slotmirror_template';

/** Nothing in here has to outlive the run, and no table lives long enough to be vacuumed. Many files have a pool each. */
const SETTINGS = {
  ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  ...{ wal_level: 'minimal', max_wal_senders: '0', autovacuum: 'off', max_connections: '300' },
};

/** One PostgreSQL per test run, with a migrated template that every test file clones (see test-database.ts). */
export default async function startPostgres() {
  await removeLeftovers();
  const dir = await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  await chmod(dir, 0o755); // run by root, the server is somebody else
  const server = await startEmbeddedPostgres({ dir, log: () => undefined, settings: SETTINGS });
  // Jest runs the teardown in this same process.
  globalThis.testPostgres = { dir, server };
  process.env.TEST_DATABASE_URL = server.url;
  await hashCheaply(server.url);
  await makeTemplate(server.url);
}

/** Every test connects several times, and a third of the client's part in that is to prove the password. */
async function hashCheaply(url) {
  const { username, password } = new URL(url);
  await query(url, `set scram_iterations = 1; alter role ${username} password '${password}'`);
}

async function makeTemplate(url) {
  await query(url, `create database ${TEMPLATE}`);
  const templateUrl = new URL(url);
  templateUrl.pathname = TEMPLATE;
  await applyMigrations(templateUrl.href, defaultMigrationsFolder());
  // A database that somebody is connected to cannot be cloned.
  await query(url, `alter database ${TEMPLATE} with is_template true allow_connections false`);
}

async function query(connectionString, sql) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** A run that was killed left its server running: the launcher adopts it, so it can be stopped. */
async function removeLeftovers() {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const dir = path.join(tmpdir(), name);
    try {
      const server = await startEmbeddedPostgres({ dir, log: () => undefined, settings: SETTINGS });
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    } catch {
      // Somebody else's, or busy: it is in nobody's way.
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
