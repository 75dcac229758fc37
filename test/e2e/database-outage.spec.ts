import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { DatabaseProxy } from './support/database-proxy.js';
import { expectProblem, type HttpAnswer } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

const READS = ['/api/v1/experience/14/slots?date=2026-03-03', '/api/v1/experience/14/dates', '/api/v1/experience'];
/** No answer takes longer, whatever the database does. */
const PATIENCE_MS = 8_000;

describe('while the database is out of reach', () => {
  let database: TestDatabase;
  let proxy: DatabaseProxy;
  let superuser: pg.Client;
  let app: TestApp;
  let name: string;
  let whole: string[];

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await DatabaseProxy.before(database.url);
    app = await startTestApp({
      database: { ...database, url: proxy.url },
      // What is in memory is served though the database is silent, until that is noticed.
      env: { EXPERIENCES: '14', SYNC_TIERS: '1:15m,3:4h', RESPONSE_CACHE_MB: '0' },
    });
    await app.syncUntilIdle();
    whole = (await Promise.all(READS.map(get))).map(({ text }) => text);
    await get('/api/v1/sync/status');
    const url = new URL(database.url);
    name = url.pathname.slice(1);
    url.pathname = 'postgres';
    superuser = new pg.Client({ connectionString: url.href });
    await superuser.connect();
  });
  afterAll(async () => {
    await app.close();
    await proxy.cut();
    await superuser.end();
    await database.drop();
  });

  afterEach(() => proxy.mend());

  function get(path: string): Promise<HttpAnswer> {
    return sendRaw(app.url, path);
  }

  async function endSessions(): Promise<void> {
    await superuser.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  }

  /** Every read says so, soon, and when to come back; the process stays alive. */
  async function expectOutage(): Promise<void> {
    const asked = performance.now();
    const answers = await Promise.all(READS.map(get));
    expect(performance.now() - asked).toBeLessThan(PATIENCE_MS);
    for (const answer of answers) {
      expectProblem(answer, 503, 'DATABASE_UNAVAILABLE');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    const status = await get('/api/v1/sync/status');
    expect({ status: status.status, ...(JSON.parse(status.text) as object) }).toMatchObject({
      ...{ status: 200, state: 'not_recording', freshness: { days: 3 } },
      cause: { code: 'database_unreachable', text: 'The database is out of reach.' },
    });
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/test')).text).toBe('{"hello":"world"}');
  }

  /** A connection that broke unnoticed may cost one answer each; then all is as before. */
  async function expectRecovery(): Promise<void> {
    for (const path of READS) await get(path);
    expect((await Promise.all(READS.map(get))).map(({ text }) => text)).toEqual(whole);
    expect(JSON.parse((await get('/api/v1/sync/status')).text)).toMatchObject({ state: 'running', cause: null });
    expect((await get('/health/ready')).status).toBe(200);
  }

  it('answers 503 when connections are refused, and recovers', async () => {
    await proxy.cut();
    await expectOutage();
    await proxy.mend();
    await expectRecovery();
  });

  it(
    'answers 503 within seconds when the network swallows everything, also what goes over open connections',
    async () => {
      await expectRecovery(); // and with it, connections are open
      proxy.silence();
      await expectOutage();
      await proxy.mend();
      await expectRecovery();
    },
    2 * PATIENCE_MS,
  );

  it('answers 503 while the database takes no connections, as during a restore, and recovers', async () => {
    await superuser.query(`alter database ${name} allow_connections false`);
    try {
      await endSessions();
      for (const path of READS) await get(path);
      await expectOutage();
    } finally {
      await superuser.query(`alter database ${name} allow_connections true`);
    }
    await expectRecovery();
  });

  it('answers 503 while the database is gone, and recovers once it is back', async () => {
    await endSessions();
    await superuser.query(`alter database ${name} rename to ${name}_gone`);
    try {
      for (const path of READS) await get(path);
      await expectOutage();
    } finally {
      await superuser.query(`alter database ${name}_gone rename to ${name}`);
    }
    await expectRecovery();
  });

  it('survives that its sessions are ended again and again between reads', async () => {
    for (let round = 0; round < 5; round++) {
      await endSessions();
      const answers = await Promise.all(READS.map(get));
      for (const answer of answers) {
        if (answer.status !== 200) expectProblem(answer, 503, 'DATABASE_UNAVAILABLE');
      }
    }
    await expectRecovery();
  });

  it('is not ready, says which part is missing, and is ready again by itself', async () => {
    await proxy.cut();
    const answer = await get('/health/ready');
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('database');
    expect(answer.text).not.toMatch(/postgres|127\.0\.0\.1|ECONN|prisma/i);
    await proxy.mend();
    await expectRecovery();
  });

  it('refuses to pause by 503 and not by pretending; the key is still looked at first', async () => {
    await proxy.cut();
    const pause = (key: string) =>
      sendRaw(app.url, '/api/v1/sync/pause', { method: 'POST', headers: { authorization: `Bearer ${key}` } });
    expectProblem(await pause('wrong'), 403, 'FORBIDDEN');
    expectProblem(await pause(ADMIN_KEY), 503, 'DATABASE_UNAVAILABLE');
    await proxy.mend();
    await expectRecovery();
  });

  it('goes on with the sync by itself once the database is back', async () => {
    await proxy.cut();
    app.clock.advance(4 * 3_600_000);
    expect(await app.tick()).toBe(0);
    await proxy.mend();
    app.clock.advance(2_000);
    await app.tick();
    await app.syncUntilIdle();
    const asked = app.sandbox.requests().filter(({ at }) => at > Date.parse('2026-03-02T08:00:00Z'));
    expect(new Set(asked.map(({ date }) => date))).toEqual(new Set(['2026-03-02', '2026-03-03', '2026-03-04']));
  });
});
