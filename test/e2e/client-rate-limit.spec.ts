import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ResponseCache } from '../../src/http/index.js';
import type { RunPage } from '../../src/sync/monitoring/run.shape.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { expectProblem, type HttpAnswer } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

const MOST = 5;
const READ_KEY = 'the-read-key-of-a-shop';
const slots = (day: number) => `/api/v1/experience/16/slots?date=2026-03-${String(day).padStart(2, '0')}`;

describe('A client that asks for more than MISSES_PER_MINUTE', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({
      env: {
        ...{ EXPERIENCES: '16', SYNC_TIERS: '20:24h' },
        ...{ MISSES_PER_MINUTE: String(MOST), TRUST_PROXY: '1', READ_KEYS: `shop:${READ_KEY}` },
      },
      sandboxOptions: { speed: 0 },
    });
    await app.syncUntilIdle();
    await until('notifications are heard', () => app.app.get(ResponseCache).ready);
  });
  afterAll(() => app.close());

  const get = (path: string, client: string): Promise<HttpAnswer> =>
    sendRaw(app.url, path, { headers: { 'x-forwarded-for': client } });

  it('is told what is left with each answer, and refused beyond it; others are not', async () => {
    for (let i = 1; i <= MOST; i++) {
      const { status, headers } = await get(slots(1 + i), '192.0.2.1');
      expect(status).toBe(200);
      expect(headers['ratelimit-policy']).toBe(`"misses";q=${MOST};w=60`);
      expect(headers['ratelimit']).toMatch(new RegExp(`^"misses";r=${MOST - i};t=\\d+$`));
    }
    const refused = await get(slots(10), '192.0.2.1');
    expectProblem(refused, 429, 'TOO_MANY_REQUESTS');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await get(slots(10), '192.0.2.2')).status).toBe(200);
  });

  it('is not limited with one of READ_KEYS, and with another key as without', async () => {
    const withKey = (key: string, day: number) =>
      sendRaw(app.url, slots(day), { headers: { 'x-forwarded-for': '192.0.2.1', authorization: `Bearer ${key}` } });
    for (const day of [17, 20]) {
      const { status, headers } = await withKey(READ_KEY, day);
      expect(status).toBe(200);
      expect(headers).not.toHaveProperty('ratelimit');
    }
    expectProblem(await withKey(`${READ_KEY}s`, 13), 429, 'TOO_MANY_REQUESTS');
  });

  it('still gets what is in memory', async () => {
    const { status, headers } = await get(slots(2), '192.0.2.1');
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('ratelimit');
  });

  it('cannot pass for others by telling more addresses than there are proxies', async () => {
    expectProblem(await get(slots(11), '198.51.100.7, 192.0.2.1'), 429, 'TOO_MANY_REQUESTS');
  });

  it('is one client however its address is written', async () => {
    const spellings = ['192.0.2.1:5000', '::ffff:192.0.2.1', '[::FFFF:c000:0201]:443', '0:0:0:0:0:ffff:192.0.2.1'];
    for (const spelling of spellings) expectProblem(await get(slots(14), spelling), 429, 'TOO_MANY_REQUESTS');
  });

  it('is not counted for a request that is refused anyway', async () => {
    for (let i = 0; i < 2 * MOST; i++) {
      const path = i % 2 === 0 ? `${slots(3)}&_=${i}` : `/api/v1/experience/16/dates?utm_source=${i}`;
      expectProblem(await get(path, '192.0.2.3'), 400, 'INVALID_REQUEST');
    }
    expect((await get(slots(18), '192.0.2.3')).headers['ratelimit']).toMatch(`r=${MOST - 1};`);
  });

  it('has a whole network of IPv6 addresses', async () => {
    for (let i = 0; i < MOST; i++) await get(slots(12), `2001:db8:1:2::${i}`);
    for (let i = 0; i < MOST; i++) await get(slots(12 + i), `2001:db8:1:2:3::${i}`);
    expectProblem(await get(slots(19), '2001:db8:1:2:ffff::1'), 429, 'TOO_MANY_REQUESTS');
    expect((await get(slots(19), '2001:db8:1:3::1')).status).toBe(200);
  });

  it('pays for a page of experiences, and for one of them', async () => {
    const paths = ['/api/v1/experience?limit=10', '/api/v1/experience/16'];
    for (let i = 1; i <= MOST; i++) {
      const { status, headers } = await get(paths[i % 2] ?? '', '192.0.2.5');
      expect([status, headers['ratelimit']]).toEqual([200, expect.stringContaining(`r=${MOST - i};`)]);
    }
    for (const path of paths) expectProblem(await get(path, '192.0.2.5'), 429, 'TOO_MANY_REQUESTS');
  });

  it('pays for the status and the list of runs, unless it is an admin', async () => {
    const paths = ['/api/v1/sync/status', '/api/v1/sync/runs?limit=3'];
    expectProblem(await get('/api/v1/sync/runs?cursor=none', '192.0.2.6'), 400, 'INVALID_REQUEST');
    for (let i = 1; i <= MOST; i++) {
      const { status, headers } = await get(paths[i % 2] ?? '', '192.0.2.6');
      expect([status, headers['ratelimit']]).toEqual([200, expect.stringContaining(`r=${MOST - i};`)]);
    }
    for (const path of paths) {
      expectProblem(await get(path, '192.0.2.6'), 429, 'TOO_MANY_REQUESTS');
      const asAdmin = { 'x-forwarded-for': '192.0.2.6', authorization: `Bearer ${ADMIN_KEY}` };
      const { status, headers } = await sendRaw(app.url, path, { headers: asAdmin });
      expect([status, headers['ratelimit']]).toEqual([200, undefined]);
    }
  });

  it('gets the runs page by page, newest first', async () => {
    const page = async (query: string) =>
      JSON.parse((await get(`/api/v1/sync/runs?limit=1${query}`, '192.0.2.7')).text) as RunPage;
    const runs = await app.prisma.syncRun.createManyAndReturn({
      data: [1, 2].map((requested) => ({ instance: 'another', startedAt: app.clock.now(), requested })),
    });
    const first = await page('');
    const second = await page(`&cursor=${first.nextCursor}`);
    expect([first, second].flatMap((it) => it.runs.map(({ id }) => id))).toEqual(
      runs.map(({ id }) => String(id)).toReversed(),
    );
    expect(first.runs[0]).toMatchObject({
      instance: 'another',
      startedAt: app.clock.now().toISOString(),
      requested: 2,
    });
  });
});
