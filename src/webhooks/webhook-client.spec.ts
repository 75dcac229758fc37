import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import ipaddr from 'ipaddr.js';
import { Webhook } from 'standardwebhooks';
import { SystemClock } from '../time/index.js';
import { newSecret } from './signature.js';
import { WebhookClient } from './webhook-client.js';

const LOCAL = [ipaddr.parseCIDR('127.0.0.0/8'), ipaddr.parseCIDR('::1/128')];
const MESSAGE = { id: 'msg_1', body: '{"type":"webhook.test"}', changes: 0 };
const SECRETS = { secret: newSecret(), previousSecret: null, previousSecretUntil: null };
const client = (allowed = LOCAL, timeoutMs = 5_000) => new WebhookClient(allowed, new SystemClock(), timeoutMs);

describe('a message', () => {
  const servers: Server[] = [];
  let received: { request: IncomingMessage; body: string }[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
    received = [];
  });

  /** @returns the port */
  async function receiver(answer: RequestListener): Promise<number> {
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        received.push({ request, body });
        answer(request, response);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
  const answering = (status: number, headers = {}, body = '') =>
    receiver((_, response) => response.writeHead(status, headers).end(body));
  const send = (url: string, by = client()) => by.send(MESSAGE, { url, ...SECRETS });

  it('arrives with its signature, and is taken where the status is 2xx', async () => {
    const port = await answering(204);
    expect(await send(`http://127.0.0.1:${port}/hook?a=1`)).toMatchObject({ status: 204, error: null });
    const [{ request, body } = { request: undefined, body: '' }] = received;
    expect(request).toMatchObject({ method: 'POST', url: '/hook?a=1' });
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Slotmirror-Webhooks' });
    expect(new Webhook(SECRETS.secret).verify(body, request?.headers as Record<string, string>)).toEqual({
      type: 'webhook.test',
    });
  });

  it.each([
    [500, {}, 'it answered 500', null],
    [410, {}, 'it answered 410', null],
    [429, { 'retry-after': '7' }, 'it answered 429', 7_000],
    [503, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 'it answered 503', null],
    [503, { 'retry-after': 'soon' }, 'it answered 503', null],
    [302, { location: 'http://169.254.169.254/' }, 'it answered 302; redirects are not followed', null],
  ])('is not taken with the status %i', async (status, headers, error, retryAfterMs) => {
    const port = await answering(status, headers);
    expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({ status, error, retryAfterMs });
    expect(received).toHaveLength(1);
  });

  it('is told by a date, too, when to come again', async () => {
    const port = await answering(503, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() });
    const { retryAfterMs } = await send(`http://127.0.0.1:${port}`);
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('is not taken where nobody answers in time', async () => {
    const port = await receiver(() => undefined);
    const hung = await send(`http://127.0.0.1:${port}`, client(LOCAL, 300));
    expect(hung).toMatchObject({ status: null, error: 'no response within 0.3 s' });
  });

  it('is taken by a receiver that never ends its response', async () => {
    const port = await receiver((_, response) => {
      response.writeHead(200);
      const writing = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => clearInterval(writing));
    });
    expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({ status: 200, error: null });
  });

  it('is not sent to an address that is not public, in whichever form, named or resolved', async () => {
    const port = await answering(200);
    const hosts = [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '127.1',
      '[::ffff:127.0.0.1]',
      '[::1]',
      'localhost',
    ];
    for (const host of hosts) {
      const { status, error } = await send(`http://${host}:${port}/`, client([]));
      expect({ host, status, error }).toEqual({ host, status: null, error: expect.stringContaining('not') });
    }
    expect(received).toEqual([]);
  });

  it('is not sent where the connection is refused, and the reason says so', async () => {
    const port = await answering(200);
    servers.splice(0).forEach((server) => server.close().closeAllConnections());
    expect((await send(`http://127.0.0.1:${port}`)).error).toContain('ECONNREFUSED');
  });
});
