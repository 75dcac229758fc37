import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import { sendRaw } from './support/raw-http.js';

describe('the request id', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14', SYNC_TIERS: '1:15m' } });
  });
  afterAll(() => app.close());

  const idOf = async (path: string, given?: string): Promise<unknown> => {
    const headers = { ...(given !== undefined && { 'x-request-id': given }), authorization: `Bearer ${ADMIN_KEY}` };
    return (await sendRaw(app.url, path, { headers })).headers['x-request-id'];
  };

  it.each([
    '/api/v1/sync/status',
    '/nothing/here',
    '/api/v1/experience/x/dates',
    '/api/v1/experience/14/dates',
    '/metrics',
  ])('is the one that came, on %s', async (path) => {
    expect(await idOf(path, 'trace-1.of_theClient')).toBe('trace-1.of_theClient');
  });

  it.each(['', 'a b', 'a\tb', 'x'.repeat(65), '"; drop', 'ä'])('is a new one where %j came', async (given) => {
    expect(await idOf('/api/v1/sync/status', Buffer.from(given).toString('latin1'))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['is not HTTP', 'HELO there\r\n\r\n', '400 Bad Request', 'This is not HTTP/1.1.'],
    [
      'has too long a head',
      `GET /test HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
      'longer than 16 KiB',
    ],
  ])(
    'is new where what came %s, and the response has the headers of all others',
    async (_what, sent, status, detail) => {
      const socket = net.connect(Number(new URL(app.url).port), '127.0.0.1');
      socket.write(sent);
      const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
      expect(head.split('\r\n')[0]).toBe(`HTTP/1.1 ${status}`);
      expect(head).toMatch(/\r\nx-request-id: [0-9a-f-]{36}\r\n/);
      expect(head).toContain('\r\naccess-control-allow-origin: *\r\n');
      expect(head).toContain('\r\nx-content-type-options: nosniff\r\n');
      expect(JSON.parse(body)).toMatchObject({ code: 'INVALID_REQUEST', detail: expect.stringContaining(detail) });
    },
  );

  it('differs from one request to the next', async () => {
    expect(await idOf('/test')).not.toBe(await idOf('/test'));
  });
});
