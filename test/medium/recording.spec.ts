import { afterEach, expect, it } from '@jest/globals';
import request from 'supertest';
import { LogCapture } from '../setup/log-capture.js';
import { connect } from '../setup/sql-client.js';
import { syncStatus } from '../setup/sync-api.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

let app: TestApp;
afterEach(() => app.close());

/** As after a failover that left our connections at the old primary, or a switch that somebody set. */
async function setReadOnly(readOnly: boolean): Promise<void> {
  const client = await connect(app.database);
  const name = client.escapeIdentifier(new URL(app.database.url).pathname.slice(1));
  await client.query('set default_transaction_read_only = off');
  await client.query(`alter database ${name} set default_transaction_read_only = ${readOnly ? 'on' : 'off'}`);
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like 'slotmirror%'`,
  );
  await client.end();
}

it('a database that takes no writes is a state of its own: readers are served, nothing is asked for, and it goes on by itself', async () => {
  const log = new LogCapture();
  app = await startTestApp({ env: { EXPERIENCES: '14', SYNC_TIERS: '5:1m' }, logger: log });
  await app.syncUntilIdle();
  const look = async (times: number) => {
    for (let i = 0; i < times; i++) {
      app.clock.advance(70_000);
      await app.tick();
    }
  };
  await setReadOnly(true);
  const before = app.sandbox.requests().length;
  await look(5);
  expect(app.sandbox.requests().length).toBe(before);
  const status = await syncStatus(app);
  expect(status).toMatchObject({
    ...{ state: 'not_recording', nextAttemptAt: null },
    cause: { code: 'database_read_only', advice: expect.stringContaining('DATABASE_URL') },
  });
  expect(status.cause?.text).toMatch(
    /^The database answers: cannot execute [A-Z ]+ in a read-only transaction \(25006\)\.$/,
  );
  await request(app.url).get('/api/v1/experience/14/dates').expect(200);
  await request(app.url).get('/health/ready').expect(200);
  // Once, and on one line, not once a second.
  const told = log.errors.filter((line) => line.includes('25006'));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^claiming for leap: cannot execute [^\n]+$/);

  await setReadOnly(false);
  await until('it asks again', async () => {
    await look(1);
    return app.sandbox.requests().length > before;
  });
  expect(await syncStatus(app)).toMatchObject({ state: 'running', cause: null });
  expect(log.text).toContain('the database records again');
});
