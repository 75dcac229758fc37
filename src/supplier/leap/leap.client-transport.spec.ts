import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpService } from '@nestjs/axios';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { DATE, leapDay } from '../../../test/fixtures/leap-answers.js';
import { AnsweringServer } from '../../../test/setup/answering-server.js';
import { fetchOne, spanOf, supplierSettings } from '../../../test/fixtures/supplier-spans.js';
import { TestClock } from '../../../test/setup/test-clock.js';
import type { Proxy } from '../../config/index.js';
import { SupplierFailure } from '../supplier-error.js';
import { LeapClient } from './leap.client.js';

const KEY = 'kQ7-the-key-that-nobody-may-see';
const DAY = JSON.stringify(leapDay(3));
const VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);

let supplier: AnsweringServer;
let url: string;
let before: NodeJS.ProcessEnv;

beforeEach(async () => {
  before = { ...process.env };
  for (const variable of VARIABLES) Reflect.deleteProperty(process.env, variable);
  supplier = new AnsweringServer();
  await supplier.listen();
  url = supplier.url;
});
afterEach(async () => {
  for (const variable of VARIABLES) Reflect.deleteProperty(process.env, variable);
  Object.assign(process.env, before);
  await supplier.close();
});

describe('no whole answer', () => {
  it('from where nobody listens is unreachable', async () => {
    await supplier.close();
    expect(await failureOf(client())).toMatch(
      /^unreachable: nobody accepts connections there \(connect ECONNREFUSED 127\.0\.0\.1:\d+\)$/,
    );
    await supplier.listen();
  });

  it('from a host that is unknown is unreachable', async () => {
    url = 'http://supplier.invalid/api/v1';
    expect(await failureOf(client())).toMatch(/^unreachable: its host name .* \(getaddrinfo E/);
  });

  it.each<[string, RequestListener]>([
    ['before it', (request) => request.socket.destroy()],
    ['in the middle of it', (_, response) => response.write('[{"startDate":', () => response.destroy())],
    [
      'short of what was announced',
      (request, response) => {
        response.writeHead(200, { 'content-length': DAY.length + 1 }).write(DAY, () => request.socket.end());
      },
    ],
    ['instead of it', (request) => request.socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
  ])('because a new connection ends %s is unreachable, and is not asked for again', async (_, listener) => {
    supplier.answer = listener;
    expect(await failureOf(client())).toMatch(/^unreachable: \S/);
    expect(supplier.requests).toHaveLength(1);
  });

  it('from a server without TLS is told without names of files', async () => {
    url = supplier.url.replace('http:', 'https:');
    const failure = await failureOf(client());
    expect(failure).toMatch(/^unreachable: 127\.0\.0\.1:\d+ does not speak TLS: .*wrong version number/);
    expect(failure).not.toMatch(/\.cc?:|openssl\/ssl/);
  });
});

describe('a connection that is kept', () => {
  /** Answers the first `good` requests of a connection, and ends it at the next. */
  const endingAfter = (good: number, end: (socket: Socket) => void): RequestListener => {
    const counts = new WeakMap<Socket, number>();
    return ({ socket }, response) => {
      const count = (counts.get(socket) ?? 0) + 1;
      counts.set(socket, count);
      if (count <= good) response.end(DAY);
      else end(socket);
    };
  };

  it.each<[string, (socket: Socket) => void]>([
    ['reset', (socket) => void socket.resetAndDestroy()],
    ['closed', (socket) => socket.destroy()],
  ])('and is %s instead of an answer has the request repeated, once, on a new one', async (_, end) => {
    supplier.answer = endingAfter(1, end);
    const leap = client();
    await ask(leap);
    await delay(5);
    expect((await ask(leap)).slots).toHaveLength(3);
    expect(supplier.requests).toHaveLength(3);
  });

  it('has it repeated only once', async () => {
    const leap = client();
    supplier.answer = (_, response) => response.end(DAY);
    await ask(leap);
    await delay(5);
    supplier.answer = ({ socket }) => socket.destroy();
    expect(await failureOf(leap)).toContain('unreachable: ');
    expect(supplier.requests).toHaveLength(3);
  });

  it('has it not repeated after a byte of the answer', async () => {
    supplier.answer = endingAfter(1, (socket) =>
      socket.write('HTTP/1.1 2', () => setTimeout(() => socket.destroy(), 5)),
    );
    const leap = client();
    await ask(leap);
    await delay(5);
    expect(await failureOf(leap)).toContain('unreachable: ');
    expect(supplier.requests).toHaveLength(2);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['ends', (socket) => socket.end()],
    ['resets', (socket) => void socket.resetAndDestroy()],
  ])('costs no request where the supplier %s it just when the next one comes', async (_, end) => {
    supplier.answer = ({ socket }, response) => {
      response.end(DAY);
      response.once('finish', () => setTimeout(end, 20 + (supplier.requests.length % 3), socket));
    };
    const askAgainAndAgain = async () => {
      const leap = client();
      for (let i = 0; i < 20; i++) {
        expect((await ask(leap)).slots).toHaveLength(3);
        await delay(18 + (i % 6));
      }
    };
    await Promise.all(Array.from({ length: 6 }, askAgainAndAgain));
  });
});

describe('a proxy on the way', () => {
  it('that refuses the connection is told', async () => {
    const closed = new AnsweringServer();
    await closed.listen();
    const { host } = closed;
    await closed.close();
    process.env.HTTP_PROXY = `http://${host}`;
    expect(await failureOf(client(10_000, { host, variable: 'HTTP_PROXY' }))).toBe(
      `unreachable: the proxy ${host} (HTTP_PROXY) refused the connection`,
    );
  });

  it('that is unknown is told', async () => {
    process.env.HTTP_PROXY = 'http://proxy.invalid:3128';
    expect(await failureOf(client(10_000, { host: 'proxy.invalid:3128', variable: 'HTTP_PROXY' }))).toMatch(
      /^unreachable: the proxy proxy\.invalid:3128 \(HTTP_PROXY\) can’t be reached: its host name .* \(getaddrinfo E/,
    );
  });

  it('that wants credentials for a tunnel is told', async () => {
    supplier.server.on('connect', (_, socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    });
    process.env.HTTPS_PROXY = `http://${supplier.host}`;
    url = 'https://supplier.invalid/api/v1';
    expect(await failureOf(client(10_000, { host: supplier.host, variable: 'HTTPS_PROXY' }))).toBe(
      `not_the_api: the proxy ${supplier.host} (HTTPS_PROXY) wants credentials (status 407)`,
    );
  });

  it('that is slow has as long as the whole exchange, and not only as long as a connection may idle', async () => {
    supplier.server.on('connect', (_, socket) => {
      setTimeout(() => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n'), 4_300);
    });
    process.env.HTTPS_PROXY = `http://${supplier.host}`;
    url = 'https://supplier.invalid/api/v1';
    expect(await failureOf(client(10_000, { host: supplier.host, variable: 'HTTPS_PROXY' }))).toContain(
      'wants credentials (status 407)',
    );
  }, 15_000);

  it('that breaks the connection is named', async () => {
    supplier.server.on('connect', (_, socket) => socket.destroy());
    process.env.HTTPS_PROXY = `http://${supplier.host}`;
    url = 'https://supplier.invalid/api/v1';
    // The tunnel's agent does not tell that it ended.
    expect(await failureOf(client(1_000, { host: supplier.host, variable: 'HTTPS_PROXY' }))).toBe(
      `timeout: connecting to supplier.invalid through the proxy ${supplier.host} (HTTPS_PROXY) took longer than 1 s`,
    );
  });

  it('that works is not noticed', async () => {
    supplier.answer = (request, response) => response.end(request.url?.startsWith('http://') ? DAY : '');
    process.env.HTTP_PROXY = `http://${supplier.host}`;
    url = 'http://supplier.invalid/api/v1';
    expect((await ask(client(10_000, { host: supplier.host, variable: 'HTTP_PROXY' }))).slots).toHaveLength(3);
  });
});

function client(timeoutMs = 10_000, proxy: Proxy | null = null): LeapClient {
  const settings = supplierSettings({ url, apiKey: KEY, requestsPerMinute: 30, timeoutMs, proxy });
  return new LeapClient(new HttpService(), settings, new TestClock());
}

function ask(leap: LeapClient) {
  return fetchOne(leap, spanOf(14, DATE));
}

/** Its message; it shows the key to nobody. */
async function failureOf(leap: LeapClient): Promise<string> {
  const error = await ask(leap).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SupplierFailure);
  const { message, stack, cause } = error as SupplierFailure;
  expect([message, stack, JSON.stringify(error), String(cause)].join()).not.toContain(KEY);
  return message;
}
