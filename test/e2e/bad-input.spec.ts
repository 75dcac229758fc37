import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import net from 'node:net';
import { promisify } from 'node:util';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { expectAnyProblem, expectProblem } from './support/problem.js';
import { sendBytes, sendRaw } from './support/raw-http.js';

const COVERED = '2026-03-03';

const WRONG_IDS = [
  ...['abc', '1e99', '1e1', '12abc', 'abc12', '1.9', '14.0', '0', '00', '-1', '-14', '+14', '--1', '01', '014'],
  ...['2147483648', '9999999999', '99999999999', '9007199254740993', '1'.repeat(200), '0x0e', '0b11', '0o16'],
  ...['1_000', '1,4', '14,15', '14;15', '1n', '14n', 'NaN', 'Infinity', 'null', 'undefined', 'true', '[]', '{}'],
  ...['%2e%2e', '%00', '14%00', '%0014', '%2014', '14%20', '+', '%2B14', '%2D1', '14%0A', '14%0D%0A', '%E2%80%8B14'],
  ...['%D9%A1%D9%A4', '%EF%BC%91%EF%BC%94', '%E0%A5%A7%E0%A5%AA', '%C2%B2', '%E2%85%A7', '%F0%9D%9F%8F'],
  ...["'", "14'--", '14;drop', '%22', '14%27%20or%201=1', '*', '..', '...', '.', '$14', '%24%7B14%7D', '%3Cscript%3E'],
  ...['__proto__', 'constructor', 'toString', 'slots', 'dates', '14%2Fslots', '%2F', '%5C', '14%23', '14%3F', ':id'],
];

const WRONG_DATES = [
  ...['', '=', '=zzz', '=null', '=undefined', '=today', '=0', '=2026', '=2026-03', '=20260303', '=2026-3-3'],
  ...['=2025-13-01', '=2025-00-10', '=2025-02-30', '=2025-02-29', '=1900-02-29', '=2026-04-31', '=2026-03-00'],
  ...['=2026-03-32', '=2026-03-99', '=0000-00-00', '=9999-99-99', '=10000-01-01', '=-2026-03-03', '=%2B002026-03-03'],
  ...['=2026/03/03', '=03-03-2026', '=03.03.2026', '=2026.03.03', '=2026-W10-2', '=2026-062', '=2026-03-03Z'],
  ...['=2026-03-03T00:00', '=2026-03-03T00:00:00Z', '=2026-03-03%2000:00', '=2026-03-03T', '=1772467200000'],
  ...['=%202026-03-03', '=2026-03-03%20', '=+2026-03-03', '=2026-03-03+', '=2026-03-03%00', '=%002026-03-03'],
  ...['=2026-03-03%0A', '=2026-03-03%0D', '=%EF%BB%BF2026-03-03', '=2026%E2%80%9103%E2%80%9103', '=%222026-03-03%22'],
  ...['=%D9%A2%D9%A0%D9%A2%D9%A6-03-03', '=%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%96-03-03', '=2026-03-0%E0%A5%A9'],
  ...["=2026-03-03'", '=2026-03-03;select', '=2026-03-03[u-ca=hebrew]', '=%zz', '=%', '=%E0%A4%A', '=2026-03-03,'],
  ...['=2026-03-03&date=2026-03-03', '=2026-03-03&date=', '=&date=2026-03-03', '=2026-03-03&date=2026-03-04&date=x'],
  ...['[]=2026-03-03', '[0]=2026-03-03', '[a]=2026-03-03', '.a=2026-03-03', '%5B%5D=2026-03-03', '[__proto__]=x'],
  ...[`=${'2026-03-03'.repeat(500)}`, `=${'9'.repeat(4_000)}`, '=2026-03-03#', '=2026-03-03%23', '=[2026-03-03]'],
];

const UNKNOWN_ROUTES = [
  ...['/', '//', '/nope', '/api', '/api/v1', '/api/v2/experience', '/api/v1/experience/'],
  ...[
    '/api/v1/experience//slots',
    '/api/v1/experience//dates',
    '/api/v1/experience/14/slots/',
    '/api/v1/experience/14/x',
  ],
  ...['/api/v1/experience/14/slots/2026-03-03', '/API/V1/experience', '/api/v1/experience/14/SLOTS', '/test/', '/TEST'],
  ...['/api/v1/sync', '/api/v1/sync/', '/api/v1/sync/statuses', '/health', '/health/', '/.env', '/../etc/passwd'],
  ...['/api/v1/experience/14/slots;x=1', '/api/v1/experience/../sync/status', '/dist/main.js', '/favicon.ico', '*'],
];

describe('wrong input', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { SYNC_TIERS: '1:15m,7:4h' } });
  });
  afterAll(() => app.close());

  describe.each(['slots?date=2026-03-03', 'dates'])('as the id of …/%s', (route) => {
    it.each(WRONG_IDS)('%s is malformed', async (id) => {
      const answer = await sendRaw(app.url, `/api/v1/experience/${id}/${route}`);
      const problem = expectProblem(answer, 400, 'INVALID_EXPERIENCE_ID');
      expect(problem.detail).toContain('2147483647');
    });

    it.each(['%', '%zz', '%E0%A4%A', '14%', '%c0%ae', '%u0031'])('%s is not even text', async (id) => {
      expectProblem(await sendRaw(app.url, `/api/v1/experience/${id}/${route}`), 400, 'INVALID_REQUEST');
    });

    it.each([201, 5_000])('%i digits are too long', async (length) => {
      const answer = await sendRaw(app.url, `/api/v1/experience/${'1'.repeat(length)}/${route}`);
      expectProblem(answer, 400, 'INVALID_EXPERIENCE_ID');
    });

    it.each([1, 13, 16, 2147483647])('%i is well-formed, but unknown', async (id) => {
      const problem = expectProblem(
        await sendRaw(app.url, `/api/v1/experience/${id}/${route}`),
        404,
        'EXPERIENCE_NOT_FOUND',
      );
      expect(problem.detail).toContain(String(id));
    });
  });

  describe('as a date', () => {
    it.each(WRONG_DATES)('?date%s is malformed', async (query) => {
      const answer = await sendRaw(app.url, `/api/v1/experience/14/slots?date${query}`);
      const problem = expectProblem(answer, 400, 'INVALID_DATE');
      expect(problem.detail).toMatch(/\?date=\d{4}-\d{2}-\d{2}/);
    });

    it.each(['', '?', '?Date=2026-03-03', '?day=2026-03-03', '?2026-03-03', '?%', '?&&', '?=', '?&date'])(
      'none in "%s" is told',
      async (query) => {
        expectProblem(await sendRaw(app.url, `/api/v1/experience/14/slots${query}`), 400, 'INVALID_DATE');
      },
    );

    it.each(['2026-03-01', '2025-03-03', '2026-03-09', '2026-12-31', '1970-01-01', '0001-01-01', '9999-12-31'])(
      '%s is outside of what is mirrored, and the answer names the range',
      async (date) => {
        const problem = expectProblem(
          await sendRaw(app.url, `/api/v1/experience/14/slots?date=${date}`),
          404,
          'DATE_NOT_COVERED',
        );
        expect(problem.detail).toContain(date);
        expect(problem.detail).toContain('from 2026-03-02 to 2026-03-08');
        expect(problem.range).toEqual({ from: '2026-03-02', to: '2026-03-09' });
      },
    );

    it.each(['2026-03-02', '2026-03-03', '2026-03-08'])('%s is covered, but not fetched yet', async (date) => {
      const answer = await sendRaw(app.url, `/api/v1/experience/14/slots?date=${date}`);
      expectProblem(answer, 503, 'NOT_SYNCED_YET');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    });

    it('is looked at after the id, and the experience before the range', async () => {
      const slots = (id: string, date: string) => sendRaw(app.url, `/api/v1/experience/${id}/slots?date=${date}`);
      expectProblem(await slots('x', 'x'), 400, 'INVALID_EXPERIENCE_ID');
      expectProblem(await slots('999', '1999-01-01'), 404, 'EXPERIENCE_NOT_FOUND');
    });
  });

  it.each(UNKNOWN_ROUTES)('%s leads nowhere', async (path) => {
    expectProblem(await sendRaw(app.url, path), 404, 'NOT_FOUND');
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])('%s is no way to read', async (method) => {
    for (const path of [`/api/v1/experience/14/slots?date=${COVERED}`, '/api/v1/experience', '/api/v1/sync/status']) {
      const answer = await sendRaw(app.url, path, { method });
      expect(expectProblem(answer, 405, 'METHOD_NOT_ALLOWED').allow).toEqual(['GET', 'HEAD', 'OPTIONS']);
      expect(answer.headers['allow']).toBe('GET, HEAD, OPTIONS');
    }
  });

  it.each([
    ['GET', '/api/v1/sync/run', 'OPTIONS, POST'],
    ['POST', '/api/v1/experience/14', 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'],
    ['PUT', '/api/v1/availability?date=2026-03-03', 'GET, HEAD, OPTIONS'],
    ['HEAD', '/api/v1/sync/run', 'OPTIONS, POST'],
  ])('%s %s is answered with the methods of the route', async (method, path, allow) => {
    const { status, headers } = await sendRaw(app.url, path, { method });
    expect([status, headers['allow']]).toEqual([405, allow]);
  });

  it('OPTIONS without being a preflight is answered without a body, or by a problem like any other', async () => {
    const answer = await sendRaw(app.url, '/api/v1/experience', { method: 'OPTIONS' });
    if (answer.status === 204) expect(answer.text).toBe('');
    else expectAnyProblem(answer);
  });

  it.each(['/api/v1/experience/abc/dates', '/api/v1/experience/%zz/dates', '/nope'])(
    'the problem of %s may be read from a web page of any origin',
    async (path) => {
      const { headers } = await sendRaw(app.url, path, { headers: { origin: 'https://shop.example' } });
      expect(headers).toMatchObject({ 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' });
    },
  );

  it('a problem answered by HEAD has its status and no body', async () => {
    const answer = await sendRaw(app.url, '/api/v1/experience/abc/dates', { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([400, '']);
  });

  it.each([
    ['no HTTP at all', 400, 'GARBAGE\r\n\r\n'],
    ['a space in the path', 400, 'GET /api/v1/experience/1 4/dates HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['bytes beyond ASCII in the method', 400, 'G\u00cbT / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an endless header', 431, `GET /test HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(32_000)}\r\n\r\n`],
  ])('%s is answered and the connection closed', async (_what, status, bytes) => {
    const answer = await sendBytes(app.url, bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(answer.text)).toMatchObject({ type: 'about:blank', status, code: 'INVALID_REQUEST' });
    expect((await sendRaw(app.url, '/test')).status).toBe(200);
  });

  it('a client that sent no HTTP and keeps its half of the connection open is cut off', async () => {
    const { hostname, port } = new URL(app.url);
    const server = app.app.getHttpServer() as net.Server;
    const open = () => promisify(server.getConnections.bind(server))();
    const before = await open();
    const socket = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.on('error', () => undefined).resume();
    socket.write('GARBAGE\r\n\r\n');
    await once(socket, 'end');
    expect(await open()).toBe(before + 1);
    await until('it is cut off', async () => (await open()) === before);
    socket.destroy();
  });
});
