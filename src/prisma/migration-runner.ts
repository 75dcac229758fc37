import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { errorText } from './error-text.js';
import { inTransaction, isLockTimeout, LOCK_WAIT, takeMigrationLock, type LockWait } from './lock-wait.js';
import { MigrationError } from './migration-error.js';
import { quoted, requireSessionSettings, schemaOf } from './session-settings.js';
import { databaseAdvice } from './start-failure.js';
import { tlsFailureText } from './tls-failure.js';

interface Migration {
  readonly name: string;
  readonly sql: string;
}

interface RecordedMigration {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

const OLDEST_SERVER = 140_000;

/** How long the server may take to accept a connection. */
const CONNECT_TIMEOUT_MS = 10_000;

/** The table as Prisma creates it, so that `prisma migrate status` and `deploy` recognise what was applied here. */
const CREATE_TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

export function defaultMigrationsFolder(): string {
  return fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
}

/**
 * Brings the database up to date and returns the names of the applied migrations, in order. A database that is up to date is
 * only read: this takes no lock and needs no right to create. All settings and locks end with a transaction, so that none
 * remains in a connection of a pooler.
 * @param log receives a line that names the holder of a lock, while another connection has it
 * @throws MigrationError also if another connection keeps the lock
 */
export async function applyMigrations(
  connectionString: string,
  folder: string,
  log: (line: string) => void = () => undefined,
  wait: LockWait = LOCK_WAIT,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = await connect(connectionString);
  try {
    await requireServerVersion(client);
    const schema = schemaOf(connectionString);
    const options = { wait, schema, log };
    const upToDate = await inTransaction(client, options, async () => {
      await ensureSchema(client, schema);
      await requireSessionSettings(client, schema);
      return isUpToDate(client, migrations);
    });
    const applied: string[] = [];
    while (!upToDate) {
      const name = await inTransaction(client, options, () => applyNext(client, migrations));
      if (name === undefined) break;
      applied.push(name);
    }
    return applied;
  } finally {
    await client.end();
  }
}

/**
 * Creates the schema only if it is missing, because a role that may only use it lacks the right to create it. Under the lock, because two
 * that create it at once fail, also with IF NOT EXISTS.
 */
async function ensureSchema(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ missing: boolean }>('select to_regnamespace($1) is null as missing', [
    quoted(schema),
  ]);
  if (!rows[0]?.missing) return;
  await takeMigrationLock(client);
  await client.query(`create schema if not exists ${quoted(schema)}`);
}

async function isUpToDate(client: pg.Client, migrations: readonly Migration[]): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as exists`,
  );
  if (!rows[0]?.exists) return false;
  const recorded = await recordedMigrations(client);
  // An unfinished migration may be running in another process. The lock will show that.
  return recorded.every(({ finished }) => finished) && pendingOf(migrations, recorded).length === 0;
}

/** Applies the first missing migration, under the lock; undefined: none is missing. */
async function applyNext(client: pg.Client, migrations: readonly Migration[]): Promise<string | undefined> {
  await takeMigrationLock(client);
  await client.query(CREATE_TABLE);
  const [next] = pendingOf(migrations, await recordedMigrations(client));
  if (next) await apply(client, next);
  return next?.name;
}

/** The names of the migrations that this version needs, in order. */
export async function migrationNames(folder: string): Promise<string[]> {
  return (await readMigrations(folder)).map(({ name }) => name);
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new MigrationError(`Cannot read the migrations folder ${folder}: ${errorText(error)}`);
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  // By code units, as Prisma does, and not by locale.
  const sorted = names.toSorted((a, b) => (a < b ? -1 : 1));
  return Promise.all(
    sorted.map(async (name) => ({ name, sql: await readSql(path.join(folder, name, 'migration.sql')) })),
  );
}

async function readSql(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new MigrationError(`Cannot read the migration ${file}: ${errorText(error)}`);
  });
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = clientFor(connectionString);
  // A lost connection also fails the running query. Without a listener its error would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if (errorText(error).includes('unsupported startup parameter')) {
      throw new MigrationError(
        'A pooler stands before the database and does not pass settings on: add pgbouncer=true to the URL, or give it the address of the database itself.',
      );
    }
    const where = `${client.host}:${client.port}, database ${client.database ?? '(none)'}`;
    const tls = tlsFailureText(error);
    throw new MigrationError(
      `Cannot connect to PostgreSQL at ${where}: ${tls ?? `${errorText(error)}. ${databaseAdvice(error)}`}`,
    );
  }
  return client;
}

/** Reads the files of certificates that the URL names. */
function clientFor(connectionString: string): pg.Client {
  try {
    return new pg.Client({
      connectionString,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: 'slotmirror migrations',
    });
  } catch (error) {
    throw new MigrationError(`Cannot connect to PostgreSQL: ${tlsFailureText(error) ?? errorText(error)}`);
  }
}

async function requireServerVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  );
  const [server] = rows;
  if (server !== undefined && server.number >= OLDEST_SERVER) return;
  throw new MigrationError(`PostgreSQL 14 or later is needed; the server is ${server?.version ?? 'unknown'}.`);
}

async function recordedMigrations(client: pg.Client): Promise<RecordedMigration[]> {
  const { rows } = await client.query<RecordedMigration>(
    `select migration_name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null order by started_at`,
  );
  return rows;
}

/** The migrations still to apply. @throws MigrationError if the applied ones differ from those in the folder */
function pendingOf(migrations: readonly Migration[], recorded: readonly RecordedMigration[]): Migration[] {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished } of recorded) {
    const migration = byName.get(name);
    if (!finished) {
      throw new MigrationError(
        `Migration ${name} failed halfway in this database. Clear up what it left, then ` +
          `\`prisma migrate resolve --rolled-back ${name}\`.`,
      );
    }
    if (migration === undefined) {
      throw new MigrationError(
        `The database has migration ${name}, which this version does not know: a newer one ran on it. Start that one.`,
      );
    }
    if (!checksumsOf(migration.sql).includes(checksum)) {
      throw new MigrationError(
        `Migration ${name} was changed after it had been applied. Restore its file, and put the change into a new migration.`,
      );
    }
    byName.delete(name);
  }
  return [...byName.values()];
}

/** The checksums that match the file, its own one first. Git on Windows rewrites line ends, which is not a change. */
function checksumsOf(sql: string): string[] {
  const unix = sql.replaceAll('\r\n', '\n');
  return [sql, unix, unix.replaceAll('\n', '\r\n')].map((text) => createHash('sha256').update(text).digest('hex'));
}

async function apply(client: pg.Client, { name, sql }: Migration): Promise<void> {
  try {
    await client.query(sql);
    // Resets settings of the migration (such as a search_path) for the next one and for the next client of a pooler.
    await client.query('reset all');
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksumsOf(sql)[0], name],
    );
  } catch (error) {
    if (isLockTimeout(error)) throw error;
    throw new MigrationError(`Migration ${name} failed, nothing of it was kept: ${sqlErrorText(error, sql)}`);
  }
}

function sqlErrorText(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return errorText(error);
  const { message, code, position, detail, hint } = error;
  const line = position === undefined ? '' : ` at line ${sql.slice(0, Number(position)).split('\n').length}`;
  const more = [detail, hint].filter((text) => text !== undefined).map((text) => ` ${text}.`.replace('..', '.'));
  return `${message} (${code ?? 'no code'})${line}.${more.join('')}`;
}
