import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { ReadDatabase } from '../../src/prisma/index.js';
import { DatabaseProxy } from '../e2e/support/database-proxy.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { SilentWay } from '../smoke/silent-way.js';
import { LogCapture } from '../setup/log-capture.js';
import { reseller, WITH_RESELLERS } from '../setup/octo-reseller.js';
import { Replicas } from '../setup/replicas.js';
import { connect } from '../setup/sql-client.js';
import { StreamingPair } from '../setup/streaming-pair.js';
import { syncStatus } from '../setup/sync-api.js';
import { ADMIN_KEY, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const ID = 16;
const DATE = '2026-03-05';
const SLOTS = `/api/v1/experience/${ID}/slots?date=${DATE}`;
const DATES = `/api/v1/experience/${ID}/dates`;
/** From a look to the next, and the time that a busy machine takes for both. */
const LOOKS_MS = 20_000;

describe('With a streaming standby as read replica', () => {
  let pair: StreamingPair;
  let proxy: DatabaseProxy;
  let replicas: Replicas;
  let app: TestApp;
  const log = new LogCapture();

  beforeAll(async () => {
    pair = await StreamingPair.start();
  });
  afterAll(() => pair.stop());

  beforeEach(async () => {
    const client = await connect(pair.database);
    await client.query('truncate experience, removed_experience, supplier_budget cascade');
    await client.end();
    proxy = await DatabaseProxy.before(pair.standbyUrl);
    const env = {
      ...{ EXPERIENCES: String(ID), SYNC_TIERS: '10:24h', RESPONSE_CACHE_MB: '0' },
      ...WITH_RESELLERS,
      DATABASE_REPLICA_URL: proxy.url,
    };
    replicas = await Replicas.create(env, { sandboxOptions: { speed: 0 }, database: pair.database });
    replicas.sandbox.setTruth(ID, DATE, [sandboxSlot({ startDate: DATE, remaining: 1 })]);
    app = await replicas.start({ logger: log });
    await app.syncUntilIdle();
    await untilItIs('serving');
  });
  afterEach(async () => {
    await pair.resumeReplay().catch(() => undefined);
    await replicas.close();
    await proxy.cut();
    log.clear();
  });

  const replica = async () => (await syncStatus(app)).readReplica;
  const untilItIs = (state: string) =>
    until(`it is ${state}`, async () => (await replica())?.state === state, LOOKS_MS);
  const counts = () => ({ ...app.app.get(ReadDatabase).counts });
  const remaining = async (path: string): Promise<number | undefined> => {
    const response = await request(app.url).get(path).expect(200);
    const { slots, dates } = response.body as {
      slots?: { remaining: number }[];
      dates?: { date: string; remaining: number }[];
    };
    return (slots?.[0] ?? dates?.find(({ date }) => date === DATE))?.remaining;
  };
  /** The supplier has so many left now, and it is recorded. */
  const change = async (left: number): Promise<void> => {
    replicas.sandbox.setTruth(ID, DATE, [sandboxSlot({ startDate: DATE, remaining: left })]);
    replicas.clock.advance(1_100);
    await makeDue(app.prisma, ID, DATE, replicas.clock.now());
    await app.tick();
  };

  it('resellers are answered from it, and a mirror of this mirror from the primary', async () => {
    const query = { productId: String(ID), optionId: 'DEFAULT', localDate: DATE };
    const comesFromIt = async (capabilities: string): Promise<boolean> => {
      const before = counts();
      await reseller(app, { 'octo-capabilities': capabilities }).post('/availability', query);
      return counts().replica > before.replica;
    };
    await until('it has replayed the days', () => comesFromIt('octo/pricing'));
    expect(await comesFromIt('octo/pricing, slotmirror/days')).toBe(false);
    expect(await comesFromIt('octo/pricing')).toBe(true);
  });

  it.each([SLOTS, DATES])('%s comes from it while it keeps up, and from the primary while it lags', async (path) => {
    await until('it has replayed the days', async () => {
      const before = counts();
      expect(await remaining(path)).toBe(1);
      return counts().replica === before.replica + 1;
    });
    await pair.pauseReplay();
    await change(5);
    await until('the notice is heard', async () => (await remaining(path)) === 5);
    for (let i = 0; i < 5; i++) expect(await remaining(path)).toBe(5);
    await untilItIs('behind');
    expect((await replica())?.text).toContain('It lacks what the primary wrote');
    const before = counts();
    expect(await remaining(path)).toBe(5);
    expect(counts()).toEqual({ ...before, primary: before.primary + 1 });
    replicas.clock.advance(4_000);
    await until('the log tells', () => log.text.includes('the read replica is not used: It lacks what'));
    expect((await replica())?.lagSeconds).toBeGreaterThanOrEqual(4);
    await pair.resumeReplay();
    await untilItIs('serving');
    await until('the log tells', () => log.text.includes('the read replica serves reads again'));
    await until('it serves again', async () => {
      const seen = counts().replica;
      expect(await remaining(path)).toBe(5);
      return counts().replica > seen;
    });
  });

  it('a service that was restarted serves nothing older than before', async () => {
    await pair.pauseReplay();
    await change(5);
    await until('the notice is heard', async () => (await remaining(SLOTS)) === 5);
    await replicas.stop(app);
    app = await replicas.start();
    for (let i = 0; i < 20; i++) expect([await remaining(SLOTS), await remaining(DATES)]).toEqual([5, 5]);
    await untilItIs('behind');
    expect([await remaining(SLOTS), await remaining(DATES)]).toEqual([5, 5]);
  });

  it('an experience that was removed is gone at once, for each question about it', async () => {
    await pair.pauseReplay();
    const key = { authorization: `Bearer ${ADMIN_KEY}` };
    await request(app.url).delete(`/api/v1/experience/${ID}`).set(key).expect(204);
    await until('it is told', async () => (await request(app.url).get(SLOTS)).status === 404);
    for (let i = 0; i < 5; i++) {
      await request(app.url).get(SLOTS).expect(404);
      await request(app.url).get(DATES).expect(404);
    }
  });

  it('reads go to the primary while it is out of reach, and the status and metrics tell', async () => {
    await proxy.cut();
    expect([await remaining(SLOTS), await remaining(DATES)]).toEqual([1, 1]);
    await untilItIs('unreachable');
    expect((await replica())?.text).toMatch(/^It does not answer \([^\n]+\)\. The primary serves all reads\. Check /);
    const { text } = await request(app.url).get('/metrics').set('authorization', `Bearer ${ADMIN_KEY}`).expect(200);
    expect(text).toContain('slotmirror_read_replica_state{state="unreachable"} 1');
    expect(text).toContain('slotmirror_read_replica_state{state="serving"} 0');
    expect(text).not.toMatch(/^slotmirror_read_replica_lag_seconds /m);
    expect(text).toMatch(/slotmirror_database_reads_total\{database="primary"\} [1-9]/);
    await proxy.mend();
    await untilItIs('serving');
    expect((await replica())?.lagSeconds).toBe(0);
  });

  it('another process of it that was given a wrong password, certificate or name serves from the primary', async () => {
    for (const spoil of [
      (url: URL) => (url.password = 'wrong'),
      (url: URL) => {
        url.searchParams.set('sslmode', 'verify-full');
      },
      (url: URL) => (url.pathname = 'nowhere'),
    ]) {
      const url = new URL(pair.standbyUrl);
      spoil(url);
      const other = await replicas.start({ env: { DATABASE_REPLICA_URL: url.href } });
      await request(other.url).get(SLOTS).expect(200);
      await until('it is told', async () => (await syncStatus(other)).readReplica?.state === 'unreachable', LOOKS_MS);
      await request(other.url).get(DATES).expect(200);
      await replicas.stop(other);
    }
  });

  it('one that falls silent is told and left alone, and does not hold up the end', async () => {
    const { hostname, port } = new URL(pair.standbyUrl);
    const way = await SilentWay.to(hostname, Number(port));
    const through = new URL(pair.standbyUrl);
    through.host = `127.0.0.1:${way.port}`;
    const other = await replicas.start({ env: { DATABASE_REPLICA_URL: through.href } });
    const state = async () => (await syncStatus(other)).readReplica?.state;
    await until('it serves', async () => (await state()) === 'serving', LOOKS_MS);
    way.fallSilent();
    await request(other.url).get(SLOTS).expect(200);
    await until('it is told', async () => (await state()) === 'unreachable', LOOKS_MS);
    await replicas.stop(other);
    way.close();
  });

  it('a primary is none', async () => {
    const other = await replicas.start({ env: { DATABASE_REPLICA_URL: pair.database.url } });
    await until('it is told', async () => (await syncStatus(other)).readReplica?.state === 'not_standby', LOOKS_MS);
    await request(other.url).get(SLOTS).expect(200);
    expect(other.app.get(ReadDatabase).counts.replica).toBe(0);
  });

  // The last one: the primary does not come back.
  it('readers are served, and it says that it is ready, while the primary is gone', async () => {
    await until('it has replayed the days', async () => {
      const before = counts();
      await remaining(SLOTS);
      await remaining(DATES);
      return counts().replica === before.replica + 2;
    });
    await pair.stopPrimary();
    // From the first one on, and also while it was not trusted at that instant.
    app.app.get(ReadDatabase).distrustReplica();
    expect([await remaining(SLOTS), await remaining(DATES)]).toEqual([1, 1]);
    const ready = await request(app.url).get('/health/ready').expect(200);
    expect(JSON.stringify(ready.body)).toContain('its read replica serves readers');
    const status = await syncStatus(app);
    expect(status).toMatchObject({
      ...{ state: 'not_recording', nextAttemptAt: null, freshness: { share: 1 } },
      cause: { code: 'database_unreachable', text: 'The database is out of reach.' },
      readReplica: { state: 'serving' },
    });
  });
});

describe('A read replica that is promoted', () => {
  it('is not read from any more, for it may have missed what the primary wrote last', async () => {
    const pair = await StreamingPair.start();
    const env = { EXPERIENCES: String(ID), SYNC_TIERS: '10:24h', DATABASE_REPLICA_URL: pair.standbyUrl };
    const replicas = await Replicas.create(env, { sandboxOptions: { speed: 0 }, database: pair.database });
    try {
      const app = await replicas.start();
      await app.syncUntilIdle();
      const state = async () => (await syncStatus(app)).readReplica?.state;
      await until('it serves', async () => (await state()) === 'serving', LOOKS_MS);
      await pair.promote();
      await until('it is told', async () => (await state()) === 'not_standby', LOOKS_MS);
      const { counts } = app.app.get(ReadDatabase);
      const before = counts.replica;
      await request(app.url).get(SLOTS).expect(200);
      expect(counts.replica).toBe(before);
    } finally {
      await replicas.close();
      await pair.stop();
    }
  });
});
