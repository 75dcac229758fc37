import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { SyncStatus } from '../../src/sync/index.js';
import { suppliersFile } from '../setup/suppliers-file.js';
import { goodDay, SupplierStandIn, type StandInAnswer } from '../setup/supplier-stand-in.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

const MINUTES = 5;
const PER_MINUTE = 60;
/** The clock moves by this for each tick, so that real time hardly counts. */
const STEP_MS = 500;

/** What each supplier answers to everything. The connection of a hanging one is never answered. */
const ANSWERS: Readonly<Record<string, (date: string) => StandInAnswer | Promise<StandInAnswer>>> = {
  sound: (date) => ({ body: goodDay(date) }),
  hanging: () => new Promise(() => undefined),
  refusing: () => ({ status: 429, headers: { 'retry-after': '95' }, body: { error: 'slow down' } }),
  lying: () => ({ body: { message: 'this is not a list' } }),
  away: () => ({ status: 503, body: 'maintenance' }),
};

describe('five suppliers, one sound and one of each kind of trouble', () => {
  const clock = new TestClock();
  const suppliers = new Map<string, SupplierStandIn>();
  let file: Awaited<ReturnType<typeof suppliersFile>>;
  let app: TestApp;
  let alone: number;

  beforeAll(async () => {
    for (const [name, answer] of Object.entries(ANSWERS)) {
      suppliers.set(
        name,
        new SupplierStandIn(
          ({ date }) => answer(date),
          () => clock.now().getTime(),
        ),
      );
    }
    alone = await mirrored(['sound'], new TestClock());
    const entries = await Promise.all(
      [...suppliers].map(async ([name, supplier], i) => entry(name, await supplier.start(), 10 * (i + 1))),
    );
    file = await suppliersFile(entries);
    app = await startTestApp({ clock, env: environment(file.path) });
    await run(app, clock);
  }, 240_000);

  afterAll(async () => {
    await app.close();
    for (const supplier of suppliers.values()) await supplier.stop();
    await file.remove();
  });

  it('the sound one gets as many requests as if it were alone', () => {
    const beside = suppliers.get('sound')?.requests().length ?? 0;
    expect(beside / alone).toBeGreaterThanOrEqual(0.98);
    expect(beside).toBeGreaterThan(0.9 * MINUTES * PER_MINUTE);
  });

  it('the status says of each what is wrong, since when, and what to do; on top stands the worst', async () => {
    const status = (await request(app.url).get('/api/v1/sync/status')).body as SyncStatus;
    const states = Object.fromEntries(status.suppliers.map(({ name, state }) => [name, state]));
    expect(states).toEqual({
      sound: 'running',
      hanging: 'outage',
      refusing: 'refused',
      lying: 'unusable',
      away: 'outage',
    });
    for (const { state, cause, since } of status.suppliers.filter((each) => each.state !== 'running')) {
      expect({ state, cause }).toEqual({
        state,
        cause: { code: expect.any(String) as unknown, text: expect.any(String), advice: expect.any(String) },
      });
      expect(Date.parse(since)).toBeLessThanOrEqual(clock.now().getTime());
    }
    expect(status.state).toBe('outage');
    expect(status.cause?.text).toMatch(/^(hanging|away): /);
  });

  it('each stays within its own budget, and is hardly asked while it is in trouble', () => {
    for (const [name, supplier] of suppliers) {
      const sent = supplier.requests().map(({ at }) => at);
      const most = Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + 60_000).length));
      expect({ name, within: most <= PER_MINUTE }).toEqual({ name, within: true });
    }
    expect(suppliers.get('away')?.requests().length).toBeLessThan(60);
    expect(suppliers.get('refusing')?.requests().length).toBeLessThan(60);
  });

  it('one of them can be tried at once by hand', async () => {
    const before = suppliers.get('refusing')?.requests().length ?? 0;
    await request(app.url)
      .post('/api/v1/supplier/refusing/try')
      .set('authorization', `Bearer ${ADMIN_KEY}`)
      .expect(200);
    clock.advance(1_100);
    await app.sync.claim();
    clock.advance(STEP_MS);
    await app.sync.claim();
    await settledOf(app);
    expect((suppliers.get('refusing')?.requests().length ?? 0) - before).toBe(1);
  });
});

function entry(name: string, url: string, firstId: number): object {
  const experiences = Array.from({ length: 8 }, (_, i) => firstId + i);
  return { name, api: 'leap', url, key: 'a-key', requestsPerMinute: PER_MINUTE, timeout: '300ms', experiences };
}

function environment(SUPPLIERS_FILE: string): Record<string, string> {
  return { SUPPLIERS_FILE, TICKETE_API_KEY: '', MIN_VALUE: '0', SYNC_TIERS: '1:15m,61:24h' };
}

/** The requests of these suppliers in as long. */
async function mirrored(names: readonly string[], clock: TestClock): Promise<number> {
  const supplier = new SupplierStandIn(
    ({ date }) => ({ body: goodDay(date) }),
    () => clock.now().getTime(),
  );
  const url = await supplier.start();
  const file = await suppliersFile(names.map((name) => entry(name, url, 10)));
  const app = await startTestApp({ clock, env: environment(file.path) });
  await run(app, clock);
  await app.close();
  await supplier.stop();
  await file.remove();
  return supplier.requests().length;
}

async function run(app: TestApp, clock: TestClock): Promise<void> {
  for (let ms = 0; ms < MINUTES * 60_000; ms += STEP_MS) {
    clock.advance(STEP_MS);
    await app.sync.claim();
    // What hangs is not waited for: its own timeout is real time.
    await Promise.race([settledOf(app), new Promise((resolve) => setTimeout(resolve, 30))]);
  }
  await settledOf(app);
}

function settledOf(app: TestApp): Promise<void> {
  return app.sync.settled();
}
