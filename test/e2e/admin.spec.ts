import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { SyncStatus } from '../../src/sync/monitoring/status.shape.js';
import { ADMIN_KEY, startTestApp, SUPPLIER_KEY, type TestApp } from '../setup/test-app.js';
import { expectProblem } from './support/problem.js';
import { sendBytes, sendRaw } from './support/raw-http.js';

const PAUSE = '/api/v1/sync/pause';
const RESUME = '/api/v1/sync/resume';
const STATUS = '/api/v1/sync/status';
const authorization = `Bearer ${ADMIN_KEY}`;
const VERBS = [
  ['POST', PAUSE],
  ['POST', RESUME],
  ['GET', PAUSE],
  ['GET', RESUME],
] as const;

describe('the control API', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14', SYNC_TIERS: '1:15m,2:4h' } });
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());
  beforeEach(() => request(app.url).post(RESUME).set({ authorization }));

  const post = (path: string) => request(app.url).post(path).set({ authorization });
  const status = async () => (await request(app.url).get(STATUS)).body as SyncStatus;

  describe.each(VERBS)('%s %s', (method, path) => {
    it.each([
      ['no key', {}],
      ['an empty one', { authorization: '' }],
      ['another scheme', { authorization: `Basic ${ADMIN_KEY}` }],
      ['the bare key', { authorization: ADMIN_KEY }],
      ['the scheme alone', { authorization: 'Bearer ' }],
      ['the key in another header', { 'x-api-key': ADMIN_KEY }],
    ])('is refused by 401 with %s, and changes nothing', async (_what, headers) => {
      const before = await status();
      const answer = await sendRaw(app.url, path, { method, headers });
      expectProblem(answer, 401, 'UNAUTHORIZED');
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer\b/);
      expect(await status()).toEqual(before);
    });

    it.each(['x', `${ADMIN_KEY}x`, ADMIN_KEY.slice(0, -1), ADMIN_KEY.toUpperCase(), SUPPLIER_KEY, `"${ADMIN_KEY}"`])(
      'is refused by 403 with the key %s, and changes nothing',
      async (key) => {
        const before = await status();
        const answer = await sendRaw(app.url, path, { method, headers: { authorization: `Bearer ${key}` } });
        expectProblem(answer, 403, 'FORBIDDEN');
        expect(answer.text).not.toContain(key === 'x' ? ADMIN_KEY : key);
        expect(await status()).toEqual(before);
      },
    );

    it('does not take the key from the query', async () => {
      expectProblem(
        await sendRaw(app.url, `${path}?key=${ADMIN_KEY}&access_token=${ADMIN_KEY}`, { method }),
        401,
        'UNAUTHORIZED',
      );
    });

    it('is done with the key, however "bearer" is spelled, and answers with the status', async () => {
      const answer = await sendRaw(app.url, path, { method, headers: { authorization: `bEaReR  ${ADMIN_KEY}` } });
      expect(answer.status).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(JSON.parse(answer.text)).toEqual(await status());
      expect((await status()).state).toBe(path === PAUSE ? 'paused' : 'running');
    });
  });

  it('pauses with a reason, since now, by the admin; and resumes', async () => {
    app.clock.advance(1_000);
    const now = app.clock.now().toISOString();
    const paused = await post(PAUSE).send({ reason: 'supplier’s maintenance 🔧' });
    expect(paused.status).toBe(200);
    expect(paused.body).toMatchObject({
      state: 'paused',
      since: now,
      pausedAt: now,
      pausedBy: 'admin',
      reason: 'supplier’s maintenance 🔧',
    });
    app.clock.advance(1_000);
    const resumed = await post(RESUME);
    expect(resumed.status).toBe(200);
    expect(resumed.body).toMatchObject({
      state: 'running',
      since: app.clock.now().toISOString(),
      pausedAt: null,
      pausedBy: null,
      reason: null,
    });
  });

  it('keeps the time and the reason of the first pause when it is paused again', async () => {
    const first = (await post(PAUSE).send({ reason: 'first' })).body as SyncStatus;
    app.clock.advance(5_000);
    for (const body of [{ reason: 'second' }, {}]) {
      const again = (await post(PAUSE).send(body)).body as SyncStatus;
      expect([again.pausedAt, again.since, again.reason]).toEqual([first.pausedAt, first.since, 'first']);
    }
  });

  it('keeps the time since when it runs when it is resumed again', async () => {
    const { since } = await status();
    app.clock.advance(5_000);
    expect((await post(RESUME)).body).toMatchObject({ state: 'running', since });
  });

  it('asks the supplier nothing while paused, and what is due once resumed', async () => {
    await post(PAUSE);
    app.clock.advance(60 * 60_000);
    expect(await app.syncUntilIdle()).toBe(0);
    await post(RESUME);
    expect(await app.syncUntilIdle()).toBe(1);
  });

  it('serves reads while paused', async () => {
    await post(PAUSE);
    for (const path of ['slots?date=2026-03-02', 'dates']) {
      expect((await request(app.url).get(`/api/v1/experience/14/${path}`)).status).toBe(200);
    }
  });

  it.each([
    ['no body', undefined],
    ['an empty object', {}],
    ['null as reason', { reason: null }],
    ['an empty reason', { reason: '' }],
    ['the longest reason', { reason: 'x'.repeat(500) }],
  ] as [string, { reason?: string | null } | undefined][])('pauses with %s', async (_what, body) => {
    const response = await post(PAUSE).send(body);
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ state: 'paused', reason: body?.reason ?? null });
  });

  it.each([
    ['without a length', ''],
    ['of length 0', 'Content-Length: 0\r\n'],
  ])('takes a body %s that is announced as JSON for no body', async (_what, header) => {
    const answer = await sendBytes(
      app.url,
      `POST ${PAUSE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${authorization}\r\n` +
        `Content-Type: application/json\r\n${header}\r\n`,
    );
    expect(answer.status).toBe(200);
    expect((await status()).state).toBe('paused');
  });

  it.each([
    ['a reason beyond 500 characters', JSON.stringify({ reason: 'x'.repeat(501) })],
    ['a number as reason', '{"reason":5}'],
    ['a list as reason', '{"reason":["x"]}'],
    ['an object as reason', '{"reason":{"a":1}}'],
    ['a character as reason that PostgreSQL cannot hold', '{"reason":"a\\u0000b"}'],
    ['a property that it does not know', '{"reason":"x","until":"tomorrow"}'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['a number', '5'],
    ['half of a JSON', '{"reason":"x'],
    ['no JSON', 'reason=x'],
    ['a poisoned prototype', '{"__proto__":{"reason":"x"}}'],
  ])('refuses to pause with %s, and stays as it is', async (_what, body) => {
    const headers = { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    expectProblem(await sendRaw(app.url, PAUSE, { method: 'POST', headers, body }), 400, 'INVALID_REQUEST');
    expect((await status()).state).toBe('running');
  });

  it('refuses to pause with a body of another type, and stays as it is', async () => {
    const headers = { authorization, 'content-type': 'text/plain', 'content-length': 14 };
    const answer = await sendRaw(app.url, PAUSE, { method: 'POST', headers, body: '{"reason":"x"}' });
    expect([400, 415]).toContain(answer.status);
    expectProblem(answer, answer.status, 'INVALID_REQUEST');
    expect((await status()).state).toBe('running');
  });

  it('refuses a body beyond all measure by 413', async () => {
    const body = JSON.stringify({ reason: 'x'.repeat(2 * 1024 * 1024) });
    const headers = { authorization, 'content-type': 'application/json', 'content-length': body.length };
    expectProblem(await sendRaw(app.url, PAUSE, { method: 'POST', headers, body }), 413, 'INVALID_REQUEST');
  });

  it('looks at the key before the body', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': 13 };
    const answer = await sendRaw(app.url, PAUSE, { method: 'POST', headers, body: '{"reason":55}' });
    expectProblem(answer, 401, 'UNAUTHORIZED');
  });

  it.each([PAUSE, RESUME])(
    "marks the original service's GET %s as deprecated, and names its successor",
    async (path) => {
      const response = await request(app.url).get(path).set({ authorization });
      const since = /^@(\d+)$/.exec(response.headers['deprecation'] ?? '')?.[1];
      expect(new Date(Number(since) * 1_000).toISOString()).toBe('2026-11-24T00:00:00.000Z');
      expect(response.headers['link']).toContain(`<${path}>; rel="successor-version"`);
      expect((await post(path)).headers).not.toHaveProperty('deprecation');
    },
  );
});
