import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { PreparedResponse } from './prepared-response.js';
import type { ReadResponse } from './read-response.js';
import { sendRead } from './send-read.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');
const LAST = 'Sun, 01 Mar 2026 23:59:59 GMT';

const READ: ReadResponse = {
  about: [{ supplier: 'leap', experienceId: 14, date: null, zone: 'UTC' }],
  body: '{"id":14}',
  tag: 'abc',
  staleAfter: after(30_000),
  changedAt: new Date('2026-03-01T23:59:59.400Z'),
  complete: true,
  until: 0,
};
const LONG = { ...READ, body: JSON.stringify({ slots: 'x'.repeat(2_000) }) };

describe('sendRead', () => {
  it('sends the body with its validators, its life, and what every response has', async () => {
    const { status, body, headers } = await send(READ);
    expect({ status, body: body?.toString() }).toEqual({ status: 200, body: '{"id":14}' });
    expect(headers).toMatchObject({
      etag: 'W/"abc"',
      vary: 'accept-encoding',
      'cache-control': 'public, max-age=30, stale-while-revalidate=60',
      'last-modified': LAST,
      'content-type': 'application/json; charset=utf-8',
      'content-length': '9',
      'x-request-id': 'the-id',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
    });
  });

  it('sends 304 without a body to a client that has the content, and renews its life', async () => {
    const { status, body, headers } = await send({ ...READ, staleAfter: after(20_000) }, { 'if-none-match': '"abc"' });
    expect({ status, body }).toEqual({ status: 304, body: undefined });
    expect(headers).toMatchObject({
      etag: 'W/"abc"',
      'cache-control': expect.stringContaining('max-age=20,') as unknown,
    });
    expect(headers).not.toHaveProperty('content-type');
  });

  it('sends no Last-Modified where no change is known, nor where a failure shows that will end', async () => {
    for (const read of [
      { ...READ, changedAt: null },
      { ...READ, degraded: true },
    ])
      expect((await send(read)).headers).not.toHaveProperty('last-modified');
  });

  it('compresses for the first client that accepts it, and counts the memory that takes', async () => {
    const grown: number[] = [];
    const prepared = new PreparedResponse(LONG, ({ size }) => grown.push(size));
    const before = prepared.size;
    const accept = { 'accept-encoding': 'gzip' };
    const both = await Promise.all([sendPrepared(prepared, accept), sendPrepared(prepared, accept)]);
    for (const { body, headers } of both) {
      expect(gunzipSync(body ?? '').toString()).toBe(LONG.body);
      expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(body?.length) });
    }
    expect(grown).toEqual([before + (both[0].body?.length ?? NaN)]);
  });

  it('sends a short body as it is', async () => {
    expect((await send(READ, { 'accept-encoding': 'gzip' })).headers).not.toHaveProperty('content-encoding');
  });

  it('sends the headers of GET to HEAD, and no body', async () => {
    const accept = { 'accept-encoding': 'gzip' };
    const [whole, head] = [await send(LONG, accept), await send(LONG, accept, 'HEAD')];
    expect(head).toEqual({ ...whole, body: undefined });
  });
});

describe('If-Modified-Since', () => {
  const modified = { ...READ, modifiedAt: READ.changedAt };
  it.each([
    ['the date that was sent', modified, LAST, undefined, 304],
    ['a later one', modified, 'Mon, 02 Mar 2026 00:00:00 GMT', undefined, 304],
    ['an earlier one', modified, 'Sun, 01 Mar 2026 23:59:58 GMT', undefined, 200],
    ['an invalid one', modified, '2026-03-02', undefined, 200],
    ['that date beside another tag', modified, LAST, '"other"', 200],
    ['that date where the content also changes by the clock', READ, LAST, undefined, 200],
  ])('%s', async (_, read, since, tag, status) => {
    const headers = { 'if-modified-since': since, ...(tag === undefined ? {} : { 'if-none-match': tag }) };
    expect((await send(read, headers)).status).toBe(status);
  });
});

function after(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}

interface Sent {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer | undefined;
}

function send(read: ReadResponse, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Sent> {
  return sendPrepared(new PreparedResponse(read, () => undefined), headers, method);
}

function sendPrepared(
  read: PreparedResponse,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
): Promise<Sent> {
  return new Promise((resolve) => {
    const sent: Sent = { status: 0, headers: {}, body: undefined };
    const response = {
      writeHead: (status: number, pairs: readonly string[]) => {
        const entries = pairs.flatMap((name, i) => (i % 2 === 0 ? [[name, pairs[i + 1] ?? ''] as const] : []));
        Object.assign(sent, { status, headers: Object.fromEntries(entries) });
        return response;
      },
      end: (body?: Buffer) => {
        resolve({ ...sent, body });
      },
    };
    const request = { method, headers };
    sendRead(request as unknown as IncomingMessage, response as unknown as ServerResponse, read, NOW, 'the-id');
  });
}
