import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import request from 'supertest';
import { Database, startFailure } from '../../src/prisma/index.js';
import { hasPgBouncer, PgBouncer } from '../setup/pgbouncer.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { createEmptyDatabase, type TestDatabase } from '../setup/test-database.js';

/** So many reads at once that each of the pooler's connections serves many clients. */
const READS = 200;

// Where it is not installed there is nothing to test against; `.ci/run` installs it.
const describeWithIt = hasPgBouncer ? describe : describe.skip;

describeWithIt('Behind PgBouncer', () => {
  let database: TestDatabase;
  let bouncer: PgBouncer;
  const log: string[] = [];

  beforeEach(async () => {
    database = await createEmptyDatabase();
    log.length = 0;
  });
  afterEach(async () => {
    await bouncer.stop();
    await database.drop();
  });

  const open = (url: string): Promise<Database> =>
    Database.open({ url, replicaUrl: undefined, dataDir: '' }, (line) => log.push(line));
  const start = (url: string): Promise<TestApp> =>
    startTestApp({
      database: { url, drop: () => Promise.resolve() },
      env: { EXPERIENCES: '14,15', SYNC_TIERS: '5:1m' },
    });

  it.each(['session', 'transaction', 'statement'] as const)(
    'in %s mode, a URL that does not tell of it is refused in a sentence that says what to set',
    async (mode) => {
      bouncer = await PgBouncer.before(database.url, mode);
      await expect(open(bouncer.url)).rejects.toThrow(
        'A pooler stands before the database and does not pass settings on: add pgbouncer=true to the URL, or give it the address of the database itself.',
      );
    },
  );

  it('in statement mode it is refused in a sentence, also with a database that is up to date', async () => {
    await (await open(database.url)).close();
    bouncer = await PgBouncer.before(database.url, 'statement');
    const failure: unknown = await open(`${bouncer.url}?pgbouncer=true`).catch((error: unknown) => error);
    expect(startFailure(failure)).toMatch(/^The database cannot be used: .*Set pool_mode = transaction in the pooler/);
  });

  it('in session mode with few connections it tells so at the start', async () => {
    bouncer = await PgBouncer.before(database.url, 'session', 3);
    await (await open(`${bouncer.url}?pgbouncer=true`)).close();
    expect(log).toContainEqual(
      expect.stringMatching(/^The pooler before the database serves 3 connections at a time, .*default_pool_size\.$/),
    );
  });

  it.each(['session', 'transaction'] as const)(
    'in %s mode it starts, again too, syncs, and answers all reads at once',
    async (mode) => {
      bouncer = await PgBouncer.before(database.url, mode);
      const url = `${bouncer.url}?pgbouncer=true`;
      await (await open(url)).close();
      for (let starts = 0; starts < 2; starts++) {
        await (await open(url)).close();
        const app = await start(url);
        try {
          app.clock.set(new Date(app.clock.now().getTime() + starts * 120_000));
          await app.syncUntilIdle();
          expect(app.sandbox.requests().length).toBeGreaterThanOrEqual(10);
          const answers = await Promise.all(
            Array.from({ length: READS }, (_, i) =>
              request(app.url).get(
                i % 2 === 0 ? `/api/v1/experience/${14 + (i % 4) / 2}/dates` : '/api/v1/sync/status',
              ),
            ),
          );
          expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
        } finally {
          await app.close();
        }
      }
      expect(log.filter((line) => line.includes('applied migration')).length).toBeGreaterThan(0);
    },
    120_000,
  );

  it('in transaction mode, what it did stays with no other client: neither a lock nor a setting', async () => {
    bouncer = await PgBouncer.before(database.url, 'transaction');
    const app = await open(`${bouncer.url}?pgbouncer=true`).then(() => start(`${bouncer.url}?pgbouncer=true`));
    await app.syncUntilIdle();
    const direct = new pg.Client({ connectionString: database.url });
    await direct.connect();
    const { rows: locks } = await direct.query(
      `select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    expect(locks).toEqual([]);
    const settings = `select name, setting from pg_settings
      where name in ('statement_timeout', 'lock_timeout', 'plan_cache_mode', 'enable_seqscan', 'idle_in_transaction_session_timeout')
      order by name`;
    const { rows: expected } = await direct.query(settings);
    const others = Array.from({ length: 8 }, () => new pg.Client({ connectionString: bouncer.url }));
    await Promise.all(others.map((other) => other.connect()));
    const seen = await Promise.all(
      others.map(async (other) => (await other.query<{ name: string; setting: string }>(settings)).rows),
    );
    for (const rows of seen) expect(rows).toEqual(expected);
    await Promise.all([...others, direct].map((client) => client.end()));
    await app.close();
  });
});
