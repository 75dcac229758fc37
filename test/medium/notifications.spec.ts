import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import type { SupplierState } from '../../src/sync/monitoring/status.shape.js';
import { SupplierSubscriptions } from '../../src/sync/subscriptions/supplier-subscriptions.js';
import { OctoRequests } from '../fixtures/octo-requests.js';
import { LogCapture } from '../setup/log-capture.js';
import { suppliersFile } from '../setup/suppliers-file.js';
import { ADMIN_KEY, startTestApp, SUPPLIER_KEY, type TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';

const SECRET = 'the-secret/of the?notifications'.replaceAll(' ', '-');
const PUBLIC_URL = 'http://127.0.0.1:1/mirror';
const ADDRESS = `${PUBLIC_URL}/api/v1/supplier/ocean/notifications/${encodeURIComponent(SECRET)}`;
const PATH = '/notifications/subscriptions';
const HOUR_MS = 3_600_000;

const clock = new TestClock();
const logger = new LogCapture();
let database: TestDatabase;
let sandbox: SandboxSupplier;
let octo: OctoRequests;
let apps: TestApp[];
let files: { remove: () => Promise<void> }[];

beforeEach(async () => {
  database = await createTestDatabase();
  apps = [];
  files = [];
  const octoOptions = { requestsPerMinute: 1_000_000, notifyEveryMs: HOUR_MS };
  sandbox = new SandboxSupplier({ apiKey: SUPPLIER_KEY, octo: octoOptions, now: () => clock.now().getTime() });
  await sandbox.start();
  octo = new OctoRequests(sandbox.octoUrl(), { authorization: `Bearer ${SUPPLIER_KEY}` });
});
afterEach(async () => {
  for (const app of apps) await app.close();
  await sandbox.stop();
  for (const file of files) await file.remove();
  await database.drop();
});

async function start(
  supplier: object = {},
  env: Readonly<Record<string, string>> = { PUBLIC_URL },
  others: readonly object[] = [],
): Promise<TestApp> {
  const own = { key: SUPPLIER_KEY, requestsPerMinute: 600, notificationSecret: SECRET, ...supplier };
  const file = await suppliersFile([{ name: 'ocean', api: 'octo', url: sandbox.octoUrl(), ...own }, ...others]);
  files.push(file);
  const options = { clock, logger, database, sandbox, sandboxUrl: sandbox.octoUrl() };
  const app = await startTestApp({ ...options, env: { ...env, SUPPLIERS_FILE: file.path, SYNC_TIERS: '2:24h' } });
  apps.push(app);
  return app;
}

/** As the intervals do it. */
async function run(app: TestApp, seconds = 10): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    clock.advance(1_000);
    await app.app.get(SupplierSubscriptions).look();
    await app.tick();
  }
}

const sent = (): string[] =>
  sandbox
    .requests()
    .map(({ route }) => route)
    .filter((route) => /notifications|capabilities/.test(route));

async function notificationsOf(app: TestApp, name = 'ocean'): Promise<SupplierState['notifications']> {
  const answer = await request(app.url).get(`/api/v1/supplier/${name}`).set('authorization', `Bearer ${ADMIN_KEY}`);
  return (answer.body as SupplierState).notifications;
}

async function subscribed(): Promise<{ id: string; url: string; notificationTypes: string[] }[]> {
  return (await octo.get(PATH)) as { id: string; url: string; notificationTypes: string[] }[];
}

async function audited(app: TestApp): Promise<[string, unknown][]> {
  const answer = await request(app.url).get('/api/v1/admin/audit').set('authorization', `Bearer ${ADMIN_KEY}`);
  return (answer.body as { entries: { action: string; detail: unknown }[] }).entries
    .filter(({ action }) => /subscribe/.test(action))
    .map(({ action, detail }) => [action, detail]);
}

describe('the notifications of a supplier', () => {
  it('are subscribed to once, by one of several replicas, and the status says so', async () => {
    const [first, second] = [await start(), await start()];
    expect(await notificationsOf(first)).toMatchObject({ state: 'pending', lastHintAt: null });
    for (let i = 0; i < 10; i++) await Promise.all([run(first, 1), run(second, 1)]);
    expect(await subscribed()).toMatchObject([
      { url: ADDRESS, notificationTypes: ['AVAILABILITY_UPDATE', 'PRODUCT_UPDATE'] },
    ]);
    expect(sent().slice(0, 3)).toEqual(['GET /capabilities', `GET ${PATH}`, `POST ${PATH}`]);
    expect(await notificationsOf(second)).toMatchObject({ state: 'subscribed', error: null });
    expect(await audited(first)).toEqual([
      ['supplier.subscribe', { supplier: 'ocean', subscription: 'subscription-1' }],
    ]);
  });

  it('stay subscribed to across restarts, and are checked every hour', async () => {
    await run(await start());
    const before = sent().length;
    const app = await start();
    await run(app);
    expect(sent()).toHaveLength(before);
    clock.advance(HOUR_MS);
    await run(app);
    expect(sent().slice(before)).toEqual([`GET ${PATH}/:id`]);
    expect(await notificationsOf(app)).toMatchObject({ state: 'subscribed' });
  });

  it('are subscribed to again when the supplier has lost the subscription', async () => {
    const app = await start();
    await run(app);
    await octo.answer('DELETE', `${PATH}/subscription-1`);
    clock.advance(HOUR_MS);
    await run(app);
    expect(await subscribed()).toMatchObject([{ id: 'subscription-2', url: ADDRESS }]);
  });

  it('are not subscribed to twice when the answer to the subscription was lost', async () => {
    await octo.post(PATH, { url: ADDRESS, notificationTypes: ['AVAILABILITY_UPDATE'] });
    await run(await start());
    expect(await subscribed()).toMatchObject([{ id: 'subscription-1', url: ADDRESS }]);
  });

  it('are moved when the address changes, also while an older process still runs', async () => {
    const old = await start();
    await run(old);
    const app = await start({ notificationSecret: 'another-secret-of-the-address' });
    for (let i = 0; i < 10; i++) await Promise.all([run(old, 1), run(app, 1)]);
    const url = `${PUBLIC_URL}/api/v1/supplier/ocean/notifications/another-secret-of-the-address`;
    expect(await subscribed()).toMatchObject([{ id: 'subscription-2', url }]);
    expect((await audited(app)).map(([action]) => action)).toEqual([
      'supplier.subscribe',
      'supplier.unsubscribe',
      'supplier.subscribe',
    ]);
  });

  it.each([
    ['PUBLIC_URL is not set any more', {}, {}, 'PUBLIC_URL is not set'],
    ['the secret is taken out', { notificationSecret: undefined }, { PUBLIC_URL }, 'No notifications are taken'],
  ])('end when %s', async (_, supplier, env, text) => {
    await run(await start());
    expect(await subscribed()).toHaveLength(1);
    const app = await start(supplier, env);
    await run(app);
    expect(await subscribed()).toEqual([]);
    expect(await notificationsOf(app)).toMatchObject({ state: 'off', text: expect.stringContaining(text) });
    expect((await audited(app))[0]).toEqual([
      'supplier.unsubscribe',
      { supplier: 'ocean', subscription: 'subscription-1' },
    ]);
  });

  it('of a supplier that was taken out of the file are named in the log and the audit trail', async () => {
    await run(await start());
    const app = await start({ name: 'harbour', notificationSecret: undefined });
    await run(app);
    expect(await audited(app)).toContainEqual([
      'supplier.unsubscribe',
      { supplier: 'ocean', subscription: 'subscription-1', leftAtSupplier: true },
    ]);
    const said = logger.lines.map(({ text }) => text).filter((text) => text.includes('subscription-1'));
    expect(said).toHaveLength(1);
  });

  it('of a supplier that was added to the file are left alone by an older process, which does not know the supplier', async () => {
    const older = await start({ name: 'harbour', notificationSecret: undefined });
    await run(older, 1);
    const app = await start();
    await run(app);
    await run(older);
    expect(await audited(app)).toEqual([['supplier.subscribe', { supplier: 'ocean', subscription: 'subscription-1' }]]);
    expect(await notificationsOf(app)).toMatchObject({ state: 'subscribed' });
  });

  it('that the supplier refuses: the status says why without the secret, and days are fetched all the same', async () => {
    sandbox.addFault({ kind: 'status', status: 403, api: 'octo' });
    const app = await start({}, { PUBLIC_URL });
    await run(app);
    const failing = await notificationsOf(app);
    expect(failing).toMatchObject({ state: 'failing', error: expect.stringContaining('Switched on: status 403') });
    const tries = sent().length;
    expect(tries).toBe(1);
    sandbox.clearFaults();
    clock.advance(HOUR_MS);
    await run(app);
    expect(await notificationsOf(app)).toMatchObject({ state: 'subscribed', error: null });
  });

  it('are within the budget: no request for them comes sooner than another', async () => {
    const app = await start({ requestsPerMinute: 60 });
    await run(app, 60);
    const at = sandbox.requests().map((each) => each.at);
    expect(sent()).toHaveLength(3);
    expect(Math.min(...at.slice(1).map((each, i) => each - (at[i] ?? 0)))).toBeGreaterThanOrEqual(1_000);
  });

  it('are no business of an API without subscriptions', async () => {
    const leap = { name: 'leap', api: 'leap', url: sandbox.octoUrl(), key: 'any', notificationSecret: SECRET };
    const app = await start({}, { PUBLIC_URL }, [leap]);
    expect(await notificationsOf(app, 'leap')).toMatchObject({
      state: 'unsupported',
      since: null,
      text: expect.stringContaining('by hand'),
    });
  });

  it('never show their secret: not in answers, not in metrics, not in the log', async () => {
    const app = await start();
    await run(app);
    const hint = { productId: 'octo-19', localDateStart: '2026-03-03', localDateEnd: '2026-03-03' };
    const path = `/api/v1/supplier/ocean/notifications/${encodeURIComponent(SECRET)}`;
    expect((await request(app.url).post(path).send(hint)).status).toBe(202);
    expect(await notificationsOf(app)).toMatchObject({ lastHintAt: clock.now().toISOString() });
    const texts = await Promise.all(
      ['metrics', 'api/v1/supplier', 'api/v1/sync/status', 'api/v1/admin/audit'].map(
        async (each) => (await request(app.url).get(`/${each}`).set('authorization', `Bearer ${ADMIN_KEY}`)).text,
      ),
    );
    const all = [...texts, ...logger.lines.map(({ text }) => text)].join('\n');
    expect(all).toContain('subscribed');
    for (const part of [SECRET, encodeURIComponent(SECRET)]) expect(all).not.toContain(part);
  });

  it('of a day count also while it is being requested: what came after the request may be another change', async () => {
    const experiences = [{ id: 16, product: 'octo-16', option: 'DEFAULT' }];
    const app = await start({ experiences });
    await run(app);
    const path = `/api/v1/supplier/ocean/notifications/${encodeURIComponent(SECRET)}`;
    const known = await app.prisma.day.findFirstOrThrow({ orderBy: { date: 'desc' } });
    const date = known.date.toISOString().slice(0, 10);
    const hint = { productId: 'octo-16', localDateStart: date, localDateEnd: date };
    const days = async () => (await request(app.url).post(path).send(hint)).body as unknown;
    expect([await days(), await days()]).toEqual([{ days: 1 }, { days: 0 }]);
    const leasedUntil = new Date(clock.now().getTime() + 10_000);
    await app.prisma.day.updateMany({ where: { hintedAt: { not: null } }, data: { leasedUntil } });
    clock.advance(1_000);
    expect(await days()).toEqual({ days: 1 });
    const [day] = await app.prisma.day.findMany({ where: { hintedAt: { not: null } } });
    expect(day?.hintedAt).toEqual(clock.now());
  });
});
