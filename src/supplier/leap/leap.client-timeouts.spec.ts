import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpService } from '@nestjs/axios';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { DATE, leapDay } from '../../../test/fixtures/leap-answers.js';
import { fetchOne, spanOf, supplierSettings } from '../../../test/fixtures/supplier-spans.js';
import { TestClock } from '../../../test/setup/test-clock.js';
import type { Proxy } from '../../config/index.js';
import { LeapClient } from './leap.client.js';

const DAY = JSON.stringify(leapDay(3));
const HEAD = `HTTP/1.1 200 OK\r\nContent-Length: ${DAY.length}\r\n\r\n`;
const VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** What becomes of the nth request on a connection, counted from 0. */
type Behaviour = (socket: Socket, nth: number) => void;

let server: Server;
let sockets: Socket[];
let host: string;
let behave: Behaviour;
let before: NodeJS.ProcessEnv;

beforeEach(async () => {
  before = { ...process.env };
  for (const variable of VARIABLES) Reflect.deleteProperty(process.env, variable);
  sockets = [];
  server = createServer((socket) => {
    let nth = 0;
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => behave(socket, nth++));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const variable of VARIABLES) Reflect.deleteProperty(process.env, variable);
  Object.assign(process.env, before);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const silent: Behaviour = () => undefined;

describe('an answer that is not whole in time is told with what had come', () => {
  it('where nothing comes: nothing', async () => {
    behave = silent;
    expect(await failureOf(client('http'))).toBe('timeout: no answer within 150 ms');
  });

  it('where the head is not whole: nothing', async () => {
    behave = (socket) => void socket.write(HEAD.slice(0, 20));
    expect(await failureOf(client('http'))).toBe('timeout: no answer within 150 ms');
  });

  it('where the body does not begin: its head', async () => {
    behave = (socket) => void socket.write(HEAD);
    expect(await failureOf(client('http'))).toBe(
      'timeout: the answer broke off after its head: not whole within 150 ms',
    );
  });

  it('where the body stops: how much of it', async () => {
    behave = (socket) =>
      void socket.write(HEAD + DAY.slice(0, 20), () => setTimeout(() => socket.write(DAY.slice(20, 21)), 20));
    expect(await failureOf(client('http'))).toBe(
      'timeout: the answer broke off after 21 bytes: not whole within 150 ms',
    );
  });

  it('where it never ends: how much of it, though the socket is never silent', async () => {
    behave = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const drip = (): void => {
        if (!socket.destroyed) socket.write(' ', () => setTimeout(drip, 5));
      };
      drip();
    };
    expect(await failureOf(client('http', null, host, 400))).toMatch(
      /^timeout: the answer broke off after \d+ bytes: not whole within 400 ms$/,
    );
  });
});

describe('a connection that is not made in time', () => {
  it('is told where TLS is not answered', async () => {
    behave = silent;
    expect(await failureOf(client('https'))).toBe(`timeout: connecting to ${host} took longer than 150 ms`);
    expect(sockets).toHaveLength(1);
  });

  it('is told with the proxy that leads nowhere', async () => {
    behave = silent;
    process.env.HTTPS_PROXY = `http://${host}`;
    const leap = client('https', { host, variable: 'HTTPS_PROXY' }, 'supplier.invalid');
    expect(await failureOf(leap)).toBe(
      `timeout: connecting to supplier.invalid through the proxy ${host} (HTTPS_PROXY) took longer than 150 ms`,
    );
  });

  it('is told with the proxy behind which nobody answers TLS', async () => {
    behave = (socket, nth) => {
      if (nth === 0) socket.write('HTTP/1.1 200 OK\r\n\r\n');
    };
    process.env.HTTPS_PROXY = `http://${host}`;
    const leap = client('https', { host, variable: 'HTTPS_PROXY' }, 'supplier.invalid');
    expect(await failureOf(leap)).toMatch(/^timeout: connecting to supplier\.invalid through the proxy /);
  });
});

describe('a connection that was kept', () => {
  it('is made already: what it lacks is an answer', async () => {
    behave = (socket, nth) => {
      if (nth === 0) socket.write(HEAD + DAY);
    };
    const leap = client('http');
    await ask(leap);
    await delay(5);
    expect(await failureOf(leap)).toBe('timeout: no answer within 150 ms');
    expect(sockets).toHaveLength(1);
  });

  it('and was closed has the time of its repeated request told', async () => {
    behave = (socket, nth) => {
      if (sockets.length > 1) return;
      if (nth === 0) socket.write(HEAD + DAY);
      else socket.destroy();
    };
    const leap = client('http');
    await ask(leap);
    await delay(5);
    expect(await failureOf(leap)).toBe('timeout: no answer within 150 ms');
    expect(sockets).toHaveLength(2);
  });
});

function client(scheme: 'http' | 'https', proxy: Proxy | null = null, at = host, timeoutMs = 150): LeapClient {
  const url = `${scheme}://${at}/api/v1`;
  const settings = supplierSettings({
    url,
    apiKey: 'the-key-of-the-tests',
    requestsPerMinute: 30,
    timeoutMs,
    proxy,
  });
  return new LeapClient(new HttpService(), settings, new TestClock());
}

function ask(leap: LeapClient) {
  return fetchOne(leap, spanOf(14, DATE));
}

function failureOf(leap: LeapClient): Promise<string> {
  return ask(leap).then(
    () => 'none',
    (error: unknown) => (error as Error).message,
  );
}
