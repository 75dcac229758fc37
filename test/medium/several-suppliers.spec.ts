import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import request from 'supertest';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import type { BackfillReport } from '../../src/sync/backfill/backfill.shape.js';
import type { SupplierState } from '../../src/sync/monitoring/status.shape.js';
import type { ImportReport, ProductList } from '../../src/sync/suppliers/supplier.shape.js';
import { AnsweringServer } from '../setup/answering-server.js';
import { LogCapture } from '../setup/log-capture.js';
import { suppliersFile } from '../setup/suppliers-file.js';
import { ADMIN_KEY, startTestApp, SUPPLIER_KEY, type TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

const DAYS = 40;
const SECRET = 'the-secret-of-the-notifications';
const clock = new TestClock();
const plain = new AnsweringServer();
const sandbox = new SandboxSupplier({
  apiKey: SUPPLIER_KEY,
  requestsPerMinute: 1_000_000,
  octo: { requestsPerMinute: 1_000_000 },
  now: () => clock.now().getTime(),
});

let file: Awaited<ReturnType<typeof suppliersFile>>;
let app: TestApp;

beforeAll(async () => {
  await plain.listen();
  plain.answer = (_, response) => response.end('7');
  const url = await sandbox.start();
  file = await suppliersFile([
    { name: 'leap', api: 'leap', url, key: '${LEAP_KEY}', requestsPerMinute: 6_000, experiences: [14, 15] },
    {
      name: 'ocean',
      api: 'octo',
      url: sandbox.octoUrl(),
      key: SUPPLIER_KEY,
      requestsPerMinute: 600,
      daysPerRequest: 31,
      notificationSecret: SECRET,
    },
    {
      ...{
        name: 'third',
        api: 'plain',
        notificationSecret: SECRET,
        url: plain.url,
        key: 'any-key',
        requestsPerMinute: 6_000,
        currency: 'EUR',
      },
      experiences: [{ id: 30, product: 'a thing', timeZone: 'Europe/Paris' }],
    },
  ]);
  app = await startTestApp({
    ...{ clock, sandbox, sandboxUrl: url },
    supplierApis: [fileURLToPath(new URL('../fixtures/apis', import.meta.url))],
    env: { SUPPLIERS_FILE: file.path, LEAP_KEY: SUPPLIER_KEY, TICKETE_API_KEY: '', SYNC_TIERS: `${DAYS}:24h` },
  });
});

afterAll(async () => {
  await app.close();
  await sandbox.stop();
  await plain.close();
  await file.remove();
});

function call(method: 'get' | 'post', path: string) {
  return request(app.url)[method](`/api/v1/${path}`).set('authorization', `Bearer ${ADMIN_KEY}`);
}

async function stateOf(name: string): Promise<SupplierState> {
  return (await call('get', `supplier/${name}`)).body as SupplierState;
}

/** What one request after the other makes of the whole window. */
async function sync(): Promise<void> {
  await app.sync.claim();
  await app.sync.settled();
  await app.syncUntilIdle();
}

interface ServedSlot {
  readonly providerSlotId: string;
  readonly startTime: string;
  readonly remaining: number | null;
}

describe('several suppliers', () => {
  it('are listed, each by itself, and on top as one', async () => {
    const { suppliers } = (await call('get', 'supplier')).body as { suppliers: SupplierState[] };
    expect(suppliers.map(({ name, api, state }) => [name, api, state])).toEqual([
      ['leap', 'leap', 'running'],
      ['ocean', 'octo', 'running'],
      ['third', 'plain', 'running'],
    ]);
    const status = (await call('get', 'sync/status')).body as SupplierState;
    expect(status.budget.requestsPerMinute).toBe(12_600);
    expect((await request(app.url).get('/api/v1/supplier')).status).toBe(401);
    expect((await call('get', 'supplier/none')).body).toMatchObject({ code: 'SUPPLIER_NOT_FOUND', status: 404 });
  });

  it('list their products although the sync takes every request that the budget allows', async () => {
    clock.advance(1_000);
    expect((await call('get', 'supplier/ocean/products')).status).toBe(200);
    const busy = await call('get', 'supplier/ocean/products');
    expect(busy.body).toMatchObject({ status: 503, code: 'SUPPLIER_BUSY' });
    const { retryAt } = busy.body as { retryAt: string };
    clock.set(new Date(retryAt));
    await app.sync.claim();
    expect((await call('get', 'supplier/ocean/products')).status).toBe(200);
    const booked = (await call('get', 'supplier/ocean/products')).body as { retryAt: string };
    // One that nobody comes back for in time is lost.
    clock.set(new Date(Date.parse(booked.retryAt) + 1_001));
    expect((await call('get', 'supplier/ocean/products')).status).toBe(200);
    const asked = sandbox.requests().filter(({ route }) => route === 'GET /products');
    expect(asked).toHaveLength(3);
    await app.sync.settled();
  });

  it('list their products, which are imported once', async () => {
    await sync();
    expect((await call('get', 'supplier/leap/products')).body).toEqual({ listed: false, products: [] });
    const { products, listed } = (await call('get', 'supplier/ocean/products')).body as ProductList;
    expect(listed).toBe(true);
    const ids = products.map(({ product, option, experienceId }) => [product, option, experienceId]);
    expect(ids).toContainEqual(['octo-14', 'private', null]);
    clock.advance(1_000);
    const first = (await call('post', 'supplier/ocean/import')).body as ImportReport;
    expect(first.experiences).toHaveLength(products.length);
    expect(first.experiences.every(({ added, experienceId }) => added && experienceId > 1_000_000)).toBe(true);
    clock.advance(1_000);
    const again = await call('post', 'supplier/ocean/import').send({ products: [{ product: 'octo-99' }] });
    expect(again.body).toEqual({ experiences: [], unknown: [{ product: 'octo-99', option: null }] });
    const [one] = first.experiences;
    const known = await call('get', `experience/${one?.experienceId}`);
    expect(known.body).toMatchObject({ supplier: 'ocean', product: one?.product, timeZone: 'Asia/Singapore' });
  });

  it('are mirrored side by side: each day is what its own supplier says, and a request answers many days of OCTO', async () => {
    clock.advance(6_000);
    await sync();
    const { products } = (await call('get', 'supplier/ocean/products')).body as ProductList;
    for (const { product, option, experienceId, timeZone } of products) {
      const { from } = (await call('get', `experience/${experienceId}/dates`)).body as { from: string };
      for (let day = 0; day < DAYS; day++) {
        const date = new Date(Date.parse(from) + day * 86_400_000).toISOString().slice(0, 10);
        const { slots } = (await call('get', `experience/${experienceId}/slots?date=${date}`)).body as {
          slots?: ServedSlot[];
        };
        const open = (slots ?? []).filter(({ remaining }) => remaining !== 0).map(({ startTime }) => startTime);
        const truth = sandbox.octoTruth(product, option ?? '', date) ?? [];
        const expected = truth
          .filter(({ available }) => available)
          .map((slot) => (slot.allDay && slot.openingHours[0]?.from) || slot.localDateTimeStart.slice(11, 16))
          .toSorted();
        expect({ product, option, timeZone, date, open }).toEqual({ product, option, timeZone, date, open: expected });
      }
    }
    const served = (await call('get', 'experience/30/slots?date=2026-03-05')).body as { slots: ServedSlot[] };
    expect(served.slots).toMatchObject([{ providerSlotId: 'ten', remaining: 7, currencyCode: 'EUR' }]);
    const spans = sandbox.requests().filter(({ api, route }) => api === 'octo' && route === 'POST /availability');
    // 40 days in spans of 31: two requests for each option, or three where the most valuable span is in the middle.
    expect(spans.length).toBeGreaterThanOrEqual(2 * products.length);
    expect(spans.length).toBeLessThanOrEqual(3 * products.length);
  });

  it('say which days may have changed: these are fetched before others, and their neighbours with them', async () => {
    const { products } = (await call('get', 'supplier/ocean/products')).body as ProductList;
    const [one] = products;
    const date = '2026-03-20';
    const hint = {
      notificationType: 'AVAILABILITY_UPDATE',
      productId: one?.product,
      localDateStart: date,
      localDateEnd: date,
    };
    const send = (secret: string, body: object) =>
      request(app.url).post(`/api/v1/supplier/ocean/notifications/${secret}`).send(body);
    const before = sandbox.requests().length;
    const options = products.filter(({ product }) => product === one?.product).length;
    expect([(await send(SECRET, hint)).body, (await send(SECRET, hint)).body]).toEqual([
      { days: options },
      { days: 0 },
    ]);
    clock.advance(1_000);
    await sync();
    const sent = sandbox
      .requests()
      .slice(before)
      .filter(({ api }) => api === 'octo');
    expect(sent.length).toBeGreaterThanOrEqual(options);
    for (const { date: first, lastDate } of sent.slice(0, options)) {
      expect((first ?? '') <= date && (lastDate ?? '') >= date).toBe(true);
    }
    const third = request(app.url).post(`/api/v1/supplier/third/notifications/${SECRET}`);
    expect((await third.send({ product: 'a thing', option: 'any', from: date })).body).toEqual({ days: 1 });
    expect((await send('another-secret-of-a-stranger', hint)).status).toBe(404);
    expect((await request(app.url).post(`/api/v1/supplier/leap/notifications/${SECRET}`).send(hint)).status).toBe(404);
    expect((await send(SECRET, { notificationType: 'AVAILABILITY_UPDATE' })).body).toMatchObject({
      code: 'INVALID_REQUEST',
    });
    expect((await send(SECRET, { productId: 'unknown' })).body).toEqual({ days: 0 });
  });

  it('are paused one by one; the others go on', async () => {
    await call('post', 'supplier/ocean/pause').send({ reason: 'contract' });
    expect(await stateOf('ocean')).toMatchObject({ state: 'paused', pausedBy: 'admin', reason: 'contract' });
    expect(await stateOf('leap')).toMatchObject({ state: 'running', pausedAt: null });
    expect((await call('get', 'sync/status')).body).toMatchObject({ state: 'running' });
    const before = sandbox.requests().length;
    clock.advance(25 * 3_600_000);
    await sync();
    const sent = sandbox.requests().slice(before);
    expect(sent.filter(({ api }) => api === 'octo')).toEqual([]);
    expect(sent.filter(({ api }) => api === 'leap').length).toBeGreaterThan(DAYS);
    await call('post', 'supplier/ocean/resume');
    expect((await stateOf('ocean')).state).toBe('running');
  });

  it('are waited for by a backfill only where its days are theirs', async () => {
    await call('post', 'supplier/ocean/pause');
    const ocean = await app.prisma.experience.findFirstOrThrow({ where: { supplier: 'ocean' } });
    const ended = async (body: object): Promise<BackfillReport> => {
      let over = false;
      const sent = call('post', 'sync/run').set('prefer', 'wait=30');
      const answer = sent.send({ ...body, days: 2, fresh: true }).then((response) => {
        over = true;
        return response.body as BackfillReport;
      });
      while (!over) {
        clock.advance(100);
        await app.tick();
        await new Promise(setImmediate);
      }
      return answer;
    };
    expect(await ended({ experiences: [14] })).toMatchObject({ state: 'done', days: 2, confirmed: 2, leftOut: [] });
    expect(await ended({ experiences: [ocean.id] })).toMatchObject({
      state: 'paused',
      confirmed: 0,
      left: 2,
    });
    expect(await ended({ experiences: [14, ocean.id] })).toMatchObject({
      ...{ state: 'incomplete', days: 4, confirmed: 2, failed: 0, left: 2 },
      leftOut: [{ supplier: 'ocean', state: 'paused' }],
    });
    await call('post', 'supplier/ocean/resume');
  });

  it('that are taken out of the configuration: their days are served as they were, and the log says so', async () => {
    const logger = new LogCapture();
    const known = '/api/v1/experience/30/slots?date=2026-03-10';
    const served = (await request(app.url).get(known)).text;
    const remaining = await startTestApp({
      ...{ clock, sandbox, sandboxUrl: app.sandboxUrl, database: app.database, logger },
      env: { EXPERIENCES: '14', SYNC_TIERS: `${DAYS}:24h` },
    });
    clock.advance(25 * 3_600_000);
    const before = plain.requests.length;
    await remaining.syncUntilIdle();
    expect(plain.requests.length).toBe(before);
    const { slots } = JSON.parse(served) as { slots: ServedSlot[] };
    expect((await request(remaining.url).get(known)).body).toMatchObject({ slots });
    const said = logger.lines.map(({ text }) => text).filter((text) => text.includes('not configured'));
    expect(said).toHaveLength(2);
    expect(said.join()).toContain(
      'The supplier third is not configured: its experiences (1) are served as they were last',
    );
    await remaining.close();
  });
});
