import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpService } from '@nestjs/axios';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { DATE, leapDay } from '../../../test/fixtures/leap-answers.js';
import { TestClock } from '../../../test/setup/test-clock.js';
import { SupplierFailure, SupplierRefusal, type FailureKind } from '../supplier-error.js';
import { LeapClient } from './leap.client.js';
import { parseLeapAnswer } from './parse-leap-answer.js';

const KEY = 'the-key-that-nobody-may-see';
const NOW = '2026-03-02T04:00:00.000Z';
const DAY = JSON.stringify(leapDay(3));

let server: Server;
let url: string;
let requests: IncomingMessage[];
let answer: RequestListener;

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('asking Leap for a day', () => {
  it('is one GET with the key in x-api-key', async () => {
    answer = (_, response) => response.end(DAY);
    expect(await fetchDay()).toEqual({ slots: parseLeapAnswer(DAY, DATE), quota: null });
    expect(requests).toHaveLength(1);
    const [request] = requests;
    expect(`${request?.method} ${request?.url}`).toBe('GET /api/v1/inventory/14?date=2026-03-02');
    expect(request?.headers).toMatchObject({ 'x-api-key': KEY, accept: 'application/json' });
    expect(request?.url).not.toContain(KEY);
  });

  it('reads an answer that comes compressed, in pieces, or without a content type', async () => {
    answer = (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(DAY));
    expect((await fetchDay()).slots).toHaveLength(3);
    answer = (_, response) => {
      const middle = Math.floor(DAY.length / 2);
      response.write(DAY.slice(0, middle), () => response.end(DAY.slice(middle)));
    };
    expect((await fetchDay()).slots).toHaveLength(3);
    answer = (_, response) => response.setHeader('content-type', 'text/html').end('[]');
    expect((await fetchDay()).slots).toEqual([]);
  });

  it('tells the quota that its headers name', async () => {
    answer = (_, response) => response.setHeader('RateLimit', '"default";r=50;t=30').end(DAY);
    expect((await fetchDay()).quota).toEqual({ remaining: 50, resetAt: new Date(Date.parse(NOW) + 30_000) });
  });
});

describe('a request that fails', () => {
  it.each<[number, FailureKind]>([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'unknown_product'],
    [500, 'supplier_error'],
    [502, 'supplier_error'],
    [503, 'supplier_error'],
    [400, 'bad_answer'],
    [418, 'bad_answer'],
    [201, 'bad_answer'],
    [204, 'bad_answer'],
  ])('with status %d is %s, whatever its body says', async (status, kind) => {
    answer = (_, response) => response.writeHead(status).end(status === 204 ? undefined : DAY);
    const failure = await failureOf(fetchDay());
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(`the supplier answered ${status}`);
  });

  it.each([301, 302, 303, 307, 308])('with a redirect (%d) does not follow it', async (status) => {
    answer = (_, response) => response.writeHead(status, { location: `${url}/elsewhere` }).end();
    expect((await failureOf(fetchDay())).kind).toBe('bad_answer');
  });

  it('for want of an answer in time is a timeout', async () => {
    answer = () => undefined;
    const failure = await failureOf(fetchDay(100));
    expect(failure.message).toBe('timeout: no whole answer within 100 ms');
  });

  it('is a timeout too while the answer is still dripping in', async () => {
    answer = (_, response) => {
      // Every byte is sent as soon as the last one has left: the socket is never silent.
      const drip = (): void => {
        if (!response.destroyed) response.write(' ', () => setImmediate(drip));
      };
      drip();
    };
    expect((await failureOf(fetchDay(200))).kind).toBe('timeout');
  });

  it('because nobody listens is unreachable', async () => {
    await new Promise((resolve) => server.close(resolve));
    const failure = await failureOf(fetchDay());
    expect(failure.kind).toBe('unreachable');
    expect(failure.message).toContain('ECONNREFUSED');
    server.listen(0);
  });

  it('because the host is unknown is unreachable', async () => {
    url = 'http://partner.invalid/api/v1';
    expect((await failureOf(fetchDay())).kind).toBe('unreachable');
    expect(requests).toHaveLength(0);
  });

  it.each<[string, RequestListener]>([
    ['before the answer', (request) => request.socket.destroy()],
    ['in the middle of the answer', (_, response) => response.write('[{"startDate":', () => response.destroy())],
    [
      'short of what was announced',
      (request, response) => {
        response.writeHead(200, { 'content-length': DAY.length + 1 }).write(DAY, () => request.socket.end());
      },
    ],
  ])('because the connection breaks %s is unreachable', async (_, listener) => {
    answer = listener;
    expect((await failureOf(fetchDay())).kind).toBe('unreachable');
    expect(requests).toHaveLength(1);
  });

  it('because it is not HTTP is unreachable', async () => {
    answer = (request) => request.socket.end('SSH-2.0-OpenSSH_9.6\r\n');
    expect((await failureOf(fetchDay())).kind).toBe('unreachable');
  });

  it.each<[string, RequestListener]>([
    ['plain', (_, response) => response.end(`[${' '.repeat(8 * 1024 * 1024)}]`)],
    [
      'compressed to almost nothing',
      (_, response) => {
        response.setHeader('content-encoding', 'gzip').end(gzipSync(`[${' '.repeat(64 * 1024 * 1024)}]`));
      },
    ],
  ])('because the answer is far too large (%s) is a bad answer', async (_, listener) => {
    answer = listener;
    expect((await failureOf(fetchDay())).kind).toBe('bad_answer');
  });

  it('because the answer is not JSON is a bad answer', async () => {
    answer = (_, response) => response.end('<html>');
    expect((await failureOf(fetchDay())).message).toBe('bad_answer: not JSON: "<html>"');
  });
});

describe('a refusal', () => {
  it.each([
    ['until the instant in its body', { rateLimitState: { reset: Date.parse(NOW) + 17_000 } }, undefined, 17_000],
    ['for as long as Retry-After says', {}, '30', 30_000],
    ['for a minute when it names nothing', null, undefined, 60_000],
  ])('forbids to ask %s', async (_, body, retryAfter, ms) => {
    answer = (_, response) => {
      response.writeHead(429, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end(JSON.stringify(body));
    };
    const refusal = await fetchDay().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SupplierRefusal);
    expect((refusal as SupplierRefusal).until.getTime()).toBe(Date.parse(NOW) + ms);
    expect(requests).toHaveLength(1);
  });

  it('with a body that is not JSON forbids to ask all the same', async () => {
    answer = (_, response) => response.writeHead(429).end('slow down');
    await expect(fetchDay()).rejects.toBeInstanceOf(SupplierRefusal);
  });
});

function fetchDay(timeoutMs = 10_000) {
  const settings = { url, apiKey: KEY, requestsPerMinute: 30, timeoutMs };
  return new LeapClient(new HttpService(), settings, new TestClock(NOW)).fetchDay({ experienceId: 14, date: DATE });
}

/** Every failure is one of ours, made no second request, and shows the key to nobody. */
async function failureOf(request: Promise<unknown>): Promise<SupplierFailure> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SupplierFailure);
  const failure = error as SupplierFailure;
  expect(requests.length).toBeLessThanOrEqual(1);
  expect([failure.message, failure.stack, JSON.stringify(failure), String(failure.cause)].join()).not.toContain(KEY);
  return failure;
}
