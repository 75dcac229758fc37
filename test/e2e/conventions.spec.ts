import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { sendBytes, sendRaw } from './support/raw-http.js';

const ID = 16;

describe('What HTTP asks of a server', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: String(ID), SYNC_TIERS: '5:24h' }, sandboxOptions: { speed: 0 } });
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  const chunked = (path: string, chunks: string, type = '') =>
    sendBytes(
      app.url,
      `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${ADMIN_KEY}\r\n${type}` +
        `Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`,
    );

  it.each(['', 'Content-Type: application/json\r\n', 'Content-Type: text/plain\r\n'])(
    'takes a chunked body in which nothing comes for none (%j)',
    async (type) => {
      expect((await chunked('/api/v1/sync/pause', '', type)).status).toBe(200);
      expect((await chunked('/api/v1/sync/resume', '', type)).status).toBe(200);
    },
  );

  it('reads a chunked body in which something comes', async () => {
    const json = 'Content-Type: application/json\r\n';
    const paused = await chunked('/api/v1/sync/pause', '9\r\n{"reason"\r\n9\r\n:"tests"}\r\n', json);
    expect(JSON.parse(paused.text)).toMatchObject({ state: 'paused', reason: 'tests' });
    expect((await chunked('/api/v1/sync/pause', '1\r\n{\r\n', json)).status).toBe(400);
    expect((await chunked('/api/v1/sync/resume', '')).status).toBe(200);
  });

  it.each(['/openapi.json', '/metrics', '/console'])('compresses %s for clients that accept it', async (path) => {
    const get = (coding: string) => fetch(`${app.url}${path}`, { headers: { 'accept-encoding': coding } });
    const [plain, coded] = [await get('identity'), await get('gzip, br')];
    expect([plain.headers.get('content-encoding'), coded.headers.get('content-encoding')]).toEqual([null, 'br']);
    for (const { headers } of [plain, coded]) expect(headers.get('vary')).toContain('accept-encoding');
    const text = await coded.text();
    expect(Number(coded.headers.get('content-length'))).toBeLessThan(text.length / 2);
    if (path !== '/metrics') expect(text).toBe(await plain.text());
  });

  it.each([
    '/test',
    '/health/live',
    '/health/ready',
    '/metrics',
    '/openapi.json',
    '/docs',
    '/console',
    '/api/v1/sync/status',
    '/api/v1/experience',
    `/api/v1/experience/${ID}/dates`,
    `/api/v1/experience/${ID}/slots?date=2026-03-03`,
  ])('answers HEAD %s like GET, without the body', async (path) => {
    const [whole, head] = [await sendRaw(app.url, path), await sendRaw(app.url, path, { method: 'HEAD' })];
    expect({ status: head.status, text: head.text }).toEqual({ status: whole.status, text: '' });
    expect(head.headers['content-type']).toBe(whole.headers['content-type']);
  });

  it('sends slots that have not changed since a date only where nothing but a change can make them other ones', async () => {
    const ask = (date: string, since?: string) =>
      sendRaw(app.url, `/api/v1/experience/${ID}/slots?date=${date}`, {
        headers: since === undefined ? {} : { 'if-modified-since': since },
      });
    const changed = String((await ask('2026-03-03')).headers['last-modified']);
    const before = new Date(Date.parse(changed) - 1_000).toUTCString();
    expect((await ask('2026-03-03', changed)).status).toBe(304);
    expect((await ask('2026-03-03', before)).status).toBe(200);
    expect((await ask('2026-03-03', 'yesterday')).status).toBe(200);
    // Today's slots close by the clock.
    expect((await ask('2026-03-02', String((await ask('2026-03-02')).headers['last-modified']))).status).toBe(200);
  });

  it.each([
    ['/api/v1/experience/1', 'PUT'],
    ['/octo/availability', 'POST'],
  ])('answers the preflight of %s, and has a browser keep it for a day', async (path, method) => {
    const asked = 'authorization,octo-capabilities';
    const headers = {
      ...{ origin: 'https://shop.example', 'access-control-request-method': method },
      'access-control-request-headers': asked,
    };
    const preflight = await sendRaw(app.url, path, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers]).toMatchObject([
      204,
      {
        ...{ 'access-control-allow-origin': '*', 'access-control-max-age': '86400' },
        ...{ 'access-control-allow-headers': asked, 'access-control-allow-methods': expect.stringContaining(method) },
      },
    ]);
  });

  it('allows browsers every method that a route has', async () => {
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'PATCH' };
    const preflight = await sendRaw(app.url, '/api/v1/webhook/1', { method: 'OPTIONS', headers });
    const { paths } = (await (await fetch(`${app.url}/openapi.json`)).json()) as { paths: Record<string, object> };
    const methods = new Set(Object.values(paths).flatMap((path) => Object.keys(path)));
    const known = ['get', 'head', 'post', 'put', 'patch', 'delete'].filter((method) => methods.has(method));
    expect(String(preflight.headers['access-control-allow-methods']).toLowerCase().split(', ')).toEqual(
      expect.arrayContaining(known),
    );
    expect(known).toContain('patch');
  });

  it.each(['/api/v1/experience', `/api/v1/experience/${ID}`])(
    'sends %s once, and again to whoever may see more of it',
    async (path) => {
      const first = await sendRaw(app.url, path);
      expect(first.headers).toMatchObject({ vary: 'authorization, accept-encoding', 'cache-control': 'no-cache' });
      const headers = { 'if-none-match': String(first.headers['etag']) };
      expect(await sendRaw(app.url, path, { headers })).toMatchObject({ status: 304, text: '' });
      const admin = { ...headers, authorization: `Bearer ${ADMIN_KEY}` };
      expect((await sendRaw(app.url, path, { headers: admin })).status).toBe(200);
    },
  );

  it.each(['/docs', '/openapi.json', '/api/v1/experience', `/api/v1/experience/${ID}/dates`])(
    'knows its tag of %s behind a proxy that compresses',
    async (path) => {
      const etag = String((await sendRaw(app.url, path)).headers['etag']);
      const coded = `W/${etag.replace(/^W\//, '').replace(/"$/, '-gzip"')}`;
      expect((await sendRaw(app.url, path, { headers: { 'if-none-match': coded } })).status).toBe(304);
    },
  );
});
