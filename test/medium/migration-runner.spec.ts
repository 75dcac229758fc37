import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { MigrationError } from '../../src/prisma/migration-error.js';
import { applyMigrations } from '../../src/prisma/migration-runner.js';
import { createEmptyDatabase, type TestDatabase } from '../setup/test-database.js';

const FIRST = '20260101000000_first';
const SECOND = '20260201000000_second';

describe('applyMigrations', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let folder: string;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    folder = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  });

  afterEach(async () => {
    await client.end();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  async function write(name: string, sql: string): Promise<void> {
    await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, name, 'migration.sql'), sql);
  }

  async function count(table: string): Promise<number | undefined> {
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    return rows[0]?.count;
  }

  async function tables(): Promise<string[]> {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    );
    return rows.map(({ name }) => name);
  }

  async function run(): Promise<string[]> {
    return applyMigrations(database.url, folder);
  }

  it('applies what is new, in the order of the names, and once', async () => {
    await writeFile(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"');
    await write(SECOND, 'insert into event values (2); insert into event values (3);');
    await write(FIRST, 'create table event (id int);');
    expect(await run()).toEqual([FIRST, SECOND]);
    expect(await run()).toEqual([]);
    expect(await count('event')).toBe(2);
    await write('20260301000000_third', 'insert into event values (4);');
    expect(await run()).toEqual(['20260301000000_third']);
    expect(await count('event')).toBe(3);
  });

  it('records it as Prisma does', async () => {
    const sql = 'create table event (id int);';
    await write(FIRST, sql);
    await run();
    const { rows } = await client.query('select * from _prisma_migrations');
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum: createHash('sha256').update(sql).digest('hex'),
        finished_at: expect.any(Date),
        migration_name: FIRST,
        logs: null,
        rolled_back_at: null,
        started_at: expect.any(Date),
        applied_steps_count: 1,
      },
    ]);
  });

  it('lets replicas that start together queue up', async () => {
    await write(FIRST, 'create table event (id int); insert into event values (1);');
    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual([FIRST]);
    expect(await count('event')).toBe(1);
  });

  it('only reads a database that is up to date: no lock, no right to create', async () => {
    await write(FIRST, 'create table event (id int);');
    await run();
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(72707369)');
    const reader = `reader_${process.pid}`;
    await client.query(`create role ${reader} login; grant select on _prisma_migrations to ${reader}`);
    await client.query('commit');
    await client.query('select pg_advisory_lock(72707369)');
    const url = new URL(database.url);
    url.searchParams.set('options', `-c role=${reader}`);
    expect(await applyMigrations(url.href, folder, undefined, { milliseconds: 50, times: 1 })).toEqual([]);
    await client.query(`drop owned by ${reader}; drop role ${reader}`);
  });

  it('says who holds the lock while it waits, and gives up', async () => {
    await write(FIRST, 'create table event (id int);');
    await client.query(`set application_name = 'someone else'; select pg_advisory_lock(72707369)`);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const holder = `the connection with process id ${rows[0]?.pid} ("someone else") from 127.0.0.1`;
    const lines: string[] = [];
    const late = applyMigrations(database.url, folder, (line) => lines.push(line), { milliseconds: 100, times: 3 });
    await expect(late).rejects.toThrow(`the migration lock was held by ${holder} for 0.3 s. If that is`);
    const line = `waits for the migration lock, which is held by ${holder}`;
    expect(lines).toEqual([line, line]);
    expect(await tables()).toEqual([]);

    const inTime = applyMigrations(database.url, folder, undefined, { milliseconds: 5_000, times: 1 });
    await client.query('select pg_advisory_unlock(72707369)');
    expect(await inTime).toEqual([FIRST]);
  });

  it.each([
    ['that tells what was applied', '_prisma_migrations', []],
    ['that a migration changes', 'event', [SECOND]],
  ])('says who holds a lock on the table %s while it waits, and gives up', async (_, table, applied) => {
    await write(FIRST, 'create table event (id int);');
    await run();
    if (applied.length > 0) await write(SECOND, 'alter table event add column name text;');
    await client.query(`set application_name = 'someone else'; begin; lock table ${table}`);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const holder = `the connection with process id ${rows[0]?.pid} ("someone else") from 127.0.0.1`;
    const lines: string[] = [];
    const late = applyMigrations(database.url, folder, (line) => lines.push(line), { milliseconds: 100, times: 2 });
    await expect(late).rejects.toThrow(`a lock on the table ${table} was held by ${holder} for 0.2 s. If that is`);
    expect(lines).toEqual([`waits for a lock on the table ${table}, which is held by ${holder}`]);

    const inTime = applyMigrations(database.url, folder, undefined, { milliseconds: 5_000, times: 1 });
    await client.query('rollback');
    expect(await inTime).toEqual(applied);
  });

  it('refuses a migration that was changed after it had been applied', async () => {
    await write(FIRST, 'create table event (id int);');
    await run();
    await write(FIRST, 'create table event (id bigint);');
    await expect(run()).rejects.toThrow(`Migration ${FIRST} was changed after it had been applied.`);
  });

  it('does not take other line ends for a change', async () => {
    await write(FIRST, 'create table event (\n  id int\n);\n');
    await run();
    await write(FIRST, 'create table event (\r\n  id int\r\n);\r\n');
    expect(await run()).toEqual([]);
  });

  it('keeps nothing of a migration that fails, and what came before it', async () => {
    await write(FIRST, 'create table event (id int);');
    await write(SECOND, 'create table other (id int);\ninsert into event values (1);\ninsert into nowhere values (1);');
    const failure = run();
    await expect(failure).rejects.toBeInstanceOf(MigrationError);
    await expect(failure).rejects.toThrow(
      `Migration ${SECOND} failed, nothing of it was kept: relation "nowhere" does not exist (42P01) at line 3.`,
    );
    expect(await tables()).toEqual(['_prisma_migrations', 'event']);
    expect(await count('event')).toBe(0);

    await write(SECOND, 'create table other (id int);');
    expect(await run()).toEqual([SECOND]);
  });

  it('keeps nothing of a migration that cannot be recorded', async () => {
    await write(FIRST, 'create table event (id int);');
    await run();
    await client.query(`alter table _prisma_migrations add check (migration_name <> '${SECOND}')`);
    await write(SECOND, 'create table other (id int);');
    await expect(run()).rejects.toThrow(`Migration ${SECOND} failed, nothing of it was kept`);
    expect(await tables()).toEqual(['_prisma_migrations', 'event']);
  });

  it('does not let the settings of one migration reach the next', async () => {
    await write(FIRST, 'create schema elsewhere; set search_path = elsewhere;');
    await write(SECOND, 'create table event (id int);');
    await run();
    expect(await tables()).toEqual(['_prisma_migrations', 'event']);
  });

  it('refuses a database that a newer version migrated', async () => {
    await write(FIRST, 'create table event (id int);');
    await write(SECOND, 'create table other (id int);');
    await run();
    await rm(path.join(folder, SECOND), { recursive: true });
    await expect(run()).rejects.toThrow(`The database has migration ${SECOND}, which this version does not know`);
  });

  it('refuses a database where Prisma failed halfway, until that is resolved', async () => {
    await write(FIRST, 'create table event (id int);');
    await run();
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, logs) values ('1', 'x', '${SECOND}', 'an error')`,
    );
    await write(SECOND, 'create table other (id int);');
    await expect(run()).rejects.toThrow(`Migration ${SECOND} failed halfway`);
    await client.query(`update _prisma_migrations set rolled_back_at = now() where id = '1'`);
    expect(await run()).toEqual([SECOND]);
  });

  it('names a migration without a file', async () => {
    await mkdir(path.join(folder, FIRST));
    await expect(run()).rejects.toThrow(path.join(folder, FIRST, 'migration.sql'));
  });

  it('says where it could not connect, without the password', async () => {
    const refused = applyMigrations('postgresql://someone:secret@127.0.0.1:1/somewhere', folder);
    await expect(refused).rejects.toThrow('127.0.0.1:1, database somewhere: connect ECONNREFUSED');
    await expect(refused).rejects.not.toThrow('secret');
  });
});
