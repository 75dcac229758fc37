import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, failureText, fragment, PrismaService, sqlStateOf, type Sql } from '../../src/prisma/index.js';
import { FarDatabase } from '../setup/far-database.js';
import { connect } from '../setup/sql-client.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';

const AT = new Date('2026-11-29T01:02:03.045Z');
const OLD = new Date('1653-01-01T00:00:00.000Z');
const DATE = new Date('2026-11-29T00:00:00.000Z');

describe('Statements by the driver alone', () => {
  let database: TestDatabase;
  let prisma: PrismaService;

  beforeAll(async () => {
    database = await createTestDatabase();
    const opened = await Database.open({ url: database.url, replicaUrl: undefined, dataDir: '' }, () => undefined);
    prisma = new PrismaService(opened);
  });
  afterAll(async () => {
    await prisma.$disconnect();
    await database.drop();
  });

  it('read and write all types as the Prisma client does', async () => {
    const typed = (sql: Sql) => sql.$queryRaw<Record<string, unknown>[]>`
      SELECT ${7}::int AS int, ${7}::int8 AS big, 1.5::float8 AS float, 12.340::numeric AS numeric, ${true}::boolean AS bool,
        ${'it is {"a"}'} AS text, ${AT}::timestamptz AS at, ${OLD}::timestamptz AS old, ${DATE}::date AS date,
        ${[1, 2]}::int[] AS ints, ${['a,"b', 'c']}::text[] AS texts, ARRAY[0.5, 2]::float8[] AS floats,
        (${[DATE]}::date[])[1] AS "firstDate", (${[AT, null]}::timestamptz[])[1] AS "firstAt", ${JSON.stringify({ a: [1, null] })}::jsonb AS json,
        ${null}::int AS nothing, ${fragment`${1}::int + ${2}::int`} AS part`;
    const [expected] = await typed(prisma);
    const [row] = await typed(prisma.direct);
    expect(row).toEqual(expected);
    expect(row).toMatchObject({ at: AT, old: OLD, date: DATE, firstDate: DATE, firstAt: AT, big: 7n, part: 3 });
  });

  it('tell how many rows they changed', async () => {
    expect(await prisma.direct.$executeRaw`UPDATE sync_control SET reason = ${'because'}`).toBe(1);
    expect(await prisma.direct.$executeRaw`UPDATE sync_control SET reason = NULL WHERE id = ${-1}`).toBe(0);
  });

  it('fail with the code and the message of PostgreSQL, as in the Prisma client', async () => {
    const failed = (sql: Sql) => sql.$executeRaw`SELECT 1 / ${0}::int`.catch((error: unknown) => error);
    for (const error of [await failed(prisma), await failed(prisma.direct)]) {
      expect(sqlStateOf(error)).toBe('22012');
      expect(failureText(error)).toBe('division by zero (22012)');
    }
  });

  it('happen all or not at all in a transaction', async () => {
    const reason = async () => (await prisma.syncControl.findFirstOrThrow()).reason;
    await prisma.inTransaction((sql) => sql.$executeRaw`UPDATE sync_control SET reason = 'kept'`);
    expect(await reason()).toBe('kept');
    const broken = prisma.inTransaction(async (sql) => {
      await sql.$executeRaw`UPDATE sync_control SET reason = 'dropped'`;
      throw new Error('on purpose');
    });
    await expect(broken).rejects.toThrow('on purpose');
    expect(await reason()).toBe('kept');
    // Nor is a failed statement's transaction left open on a connection that another one then uses.
    await expect(prisma.inTransaction((sql) => sql.$executeRaw`SELECT 1 / ${0}::int`)).rejects.toThrow(
      'division by zero',
    );
    expect(await prisma.inTransaction((sql) => sql.$queryRaw`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
  });

  it('change nothing in a transaction whose connection breaks before it begins', async () => {
    const pid = await prisma.inTransaction((sql) => sql.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`);
    const other = await connect(database);
    await other.query('SELECT pg_terminate_backend($1, 5000)', [pid[0]?.pid]);
    await other.end();
    const reason = async () => (await prisma.syncControl.findFirstOrThrow()).reason;
    const before = await reason();
    // The pool may have seen the end of the connection by now, or not.
    const changed = await prisma
      .inTransaction((sql) => sql.$executeRaw`UPDATE sync_control SET reason = 'changed'`)
      .catch(() => 0);
    expect(await reason()).toBe(changed === 1 ? 'changed' : before);
    expect(await prisma.inTransaction((sql) => sql.$executeRaw`UPDATE sync_control SET reason = 'again'`)).toBe(1);
  });

  it('wait for the network once if no statement needs the result of another, and run in their order', async () => {
    const network = await FarDatabase.before(database.url);
    const far = new PrismaService(
      await Database.open({ url: network.url, replicaUrl: undefined, dataDir: '' }, () => undefined),
    );
    try {
      await far.inTransaction((sql) => sql.$queryRaw`SELECT 1`);
      const before = network.turns;
      const rows = await far.inTransaction((sql) =>
        Promise.all([
          sql.$executeRaw`UPDATE sync_control SET reason = 'together'`,
          sql.$queryRaw<{ reason: string }[]>`SELECT reason FROM sync_control`,
        ]),
      );
      expect(rows).toEqual([1, [{ reason: 'together' }]]);
      // BEGIN with both statements, and COMMIT.
      expect(network.turns - before).toBe(2);
    } finally {
      await far.$disconnect();
      await network.close();
    }
  });
});
