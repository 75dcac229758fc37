import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpService } from '@nestjs/axios';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { everyEncoding, piecesOf } from '../../../test/fixtures/encodings.js';
import { ASKED, DATE, leapDay, NO_MASK } from '../../../test/fixtures/leap-answers.js';
import { AnsweringServer } from '../../../test/setup/answering-server.js';
import { fetchOne, spanOf, supplierSettings } from '../../../test/fixtures/supplier-spans.js';
import { TestClock } from '../../../test/setup/test-clock.js';
import type { FailureKind } from '../../inventory/index.js';
import { SupplierFailure, SupplierRefusal } from '../supplier-error.js';
import { LeapClient } from './leap.client.js';
import { readLeapAnswer } from './read-leap-answer.js';

const KEY = 'kQ7-the-key-that-nobody-may-see';
const NOW = '2026-03-02T04:00:00.000Z';
const DAY = JSON.stringify(leapDay(3));

let supplier: AnsweringServer;
let url: string;

beforeEach(async () => {
  supplier = new AnsweringServer();
  await supplier.listen();
  url = supplier.url;
});
afterEach(() => supplier.close());

const answering = (status: number, body: string | Buffer, headers: Record<string, string> = {}) => {
  supplier.answer = (_, response) => response.writeHead(status, headers).end(body);
};

describe('asking Leap for a day', () => {
  it('is one GET with the key in x-api-key', async () => {
    answering(200, DAY);
    expect(await fetchDay()).toEqual({ ...readLeapAnswer(DAY, ASKED, NO_MASK), ageMs: 0, quota: null, wait: null });
    expect(supplier.requests).toHaveLength(1);
    const [request] = supplier.requests;
    expect(`${request?.method} ${request?.url}`).toBe('GET /api/v1/inventory/14?date=2026-03-02');
    expect(request?.headers).toMatchObject({
      'x-api-key': KEY,
      accept: 'application/json',
      'accept-encoding': 'gzip, deflate, br',
    });
    expect(request?.url).not.toContain(KEY);
  });

  it('reads an answer that comes compressed, in pieces, or under another content type', async () => {
    answering(200, gzipSync(DAY), { 'content-encoding': 'gzip' });
    expect((await fetchDay()).slots).toHaveLength(3);
    supplier.answer = (_, response) => {
      const middle = Math.floor(DAY.length / 2);
      response.write(DAY.slice(0, middle), () => response.end(DAY.slice(middle)));
    };
    expect((await fetchDay()).slots).toHaveLength(3);
    answering(200, '[]', { 'content-type': 'text/html' });
    expect((await fetchDay()).slots).toEqual([]);
  });

  it('reads it by its charset', async () => {
    const day = DAY.replaceAll('Adult', 'Café');
    answering(200, Buffer.from(day, 'latin1'), { 'content-type': 'application/json; charset=iso-8859-1' });
    expect((await fetchDay()).slots[0]?.paxAvailability[0]?.name).toBe('Café');
  });

  it('tells the quota and the age that its headers name', async () => {
    answering(200, DAY, { RateLimit: '"default";r=50;t=30', Age: '600' });
    expect(await fetchDay()).toMatchObject({
      quota: { remaining: 50, resetAt: new Date(Date.parse(NOW) + 30_000) },
      ageMs: 600_000,
    });
  });

  it('tells the wish to wait beside it, of several lines the latest', async () => {
    supplier.answer = (_, response) => {
      response.setHeader('Retry-After', ['120', '300', 'Mon, 02 Mar 2026 04:01:00 GMT']);
      response.end(DAY);
    };
    const { slots, wait } = await fetchDay();
    expect(slots).toHaveLength(3);
    expect(wait).toEqual({
      until: new Date(Date.parse(NOW) + 300_000),
      detail: 'the supplier asked to wait, Retry-After: 120, 300, Mon, 02 Mar 2026 04:01:00 GMT',
    });
  });

  it('tells it where the list can’t be read, too', async () => {
    answering(200, '[{"a":1}]', { 'retry-after': '120' });
    expect(await failureOf(fetchDay())).toMatchObject({
      kind: 'bad_answer',
      wait: { until: new Date(Date.parse(NOW) + 120_000) },
    });
  });

  it('tells what was odd about it', async () => {
    const [first, ...others] = leapDay(3);
    answering(200, JSON.stringify([{ ...first, startTime: 'soon' }, ...others]));
    const { slots, dropped, oddities } = await fetchDay();
    expect(slots).toHaveLength(2);
    expect(dropped).toBe(1);
    expect(oddities).toMatchObject([{ code: 'slot_dropped', slots: 1 }]);
  });
});

describe('an answer that is no list', () => {
  it.each<[number, string, FailureKind, string]>([
    [
      400,
      '{"message":"API key expired. Please renew"}',
      'rejected',
      'the supplier answered 400: "API key expired. Please renew"',
    ],
    [401, '', 'unauthorized', 'the supplier answered 401'],
    [404, '{"message":"Product not found"}', 'not_found', 'the supplier answered 404: "Product not found"'],
    [410, '{"message":"Gone"}', 'gone', 'the supplier answered 410: "Gone"'],
    [500, 'boom', 'supplier_error', 'the supplier answered 500: "boom"'],
    [201, DAY, 'bad_answer', 'the supplier answered 201'],
    [204, '', 'no_availability', 'the supplier answered 204'],
    [200, '', 'no_availability', 'the supplier answered 200'],
    [200, '<html><title>Login</title>', 'not_the_api', 'an HTML page, not the API: "Login"'],
  ])('%d %s is %s', async (status, body, kind, detail) => {
    answering(status, body);
    expect(await failureOf(fetchDay())).toMatchObject({ kind, detail });
  });

  it.each([301, 302, 303, 307, 308])('a redirect (%d) is not followed', async (status) => {
    answering(status, '', { location: `${url}/elsewhere?date=${DATE}` });
    expect(await failureOf(fetchDay())).toMatchObject({
      kind: 'moved',
      detail: `the supplier answered ${status}: moved to ${url}/elsewhere`,
    });
  });

  it('is one that is not whole', async () => {
    answering(200, gzipSync(DAY).subarray(0, -6), { 'content-encoding': 'gzip' });
    expect((await failureOf(fetchDay())).message).toBe('bad_answer: the gzip body is cut off');
  });

  it('is one that is not valid in its charset', async () => {
    answering(200, Buffer.from(DAY.replace('Adult', 'Café'), 'latin1'));
    expect((await failureOf(fetchDay())).message).toContain('bad_answer: the body is not valid UTF-8');
  });

  it.each([
    ['plain', Buffer.alloc(8 * 1024 * 1024 + 1, ' '), {}],
    ['compressed to almost nothing', gzipSync(Buffer.alloc(12 * 1024 * 1024, ' ')), { 'content-encoding': 'gzip' }],
  ])('is one that is far too large (%s)', async (_, body, headers) => {
    answering(200, body, headers);
    expect((await failureOf(fetchDay())).message).toBe('bad_answer: the body is larger than 8 MiB');
  });

  it('is one that is not JSON', async () => {
    answering(200, 'slots: none');
    expect((await failureOf(fetchDay())).message).toContain('bad_answer: not JSON');
  });
});

describe('a refusal', () => {
  it.each([
    ['until the instant in its body', 429, { rateLimitState: { reset: Date.parse(NOW) + 17_000 } }, {}, 17_000],
    ['for as long as Retry-After says', 429, {}, { 'retry-after': '21600' }, 21_600_000],
    ['under a redirect', 302, {}, { 'retry-after': '120', location: '/b' }, 120_000],
    ['under another status', 403, {}, { 'retry-after': '40' }, 40_000],
    ['for a minute when it names nothing', 429, null, {}, 60_000],
  ])('forbids to ask %s', async (_, status, body, headers, ms) => {
    answering(status, JSON.stringify(body), headers);
    const refusal = await thrownBy(fetchDay());
    expect(refusal).toBeInstanceOf(SupplierRefusal);
    expect((refusal as SupplierRefusal).until.getTime()).toBe(Date.parse(NOW) + ms);
    expect(supplier.requests).toHaveLength(1);
  });

  it.each<[string, RequestListener]>([
    ['is not JSON', (_, response) => response.writeHead(429).end('slow down')],
    ['breaks off', (_, response) => response.writeHead(429).write('slow', () => response.destroy())],
  ])('whose body %s forbids it all the same', async (_, listener) => {
    supplier.answer = listener;
    expect(await thrownBy(fetchDay())).toBeInstanceOf(SupplierRefusal);
  });
});

describe('the key', () => {
  const forms = everyEncoding(KEY);
  const pieces = piecesOf(forms.map((form) => form.toLowerCase()));

  /** Each a whole answer that repeats it in another place; header values as far as a header can hold them. */
  const places: readonly [string, (key: string) => void][] = [
    ['a text', (key) => answering(400, `${'x'.repeat(180)}${key}`)],
    ['a message', (key) => answering(400, JSON.stringify({ message: `your key ${key}` }))],
    ['a wish to wait', (key) => answering(200, '[]', { 'retry-after': `120, ${key}` })],
    ['a list of errors', (key) => answering(422, JSON.stringify({ errors: [{ field: key, message: key }] }))],
    ['a page', (key) => answering(200, `<html><title>${key}</title>`)],
    ['a refusal', (key) => answering(429, key, { 'retry-after': key })],
    ['Location', (key) => answering(302, '', { location: `/${key}/a?key=${key}` })],
    ['Content-Type', (key) => answering(200, '[]', { 'content-type': `text/plain; charset=${key}` })],
    ['Content-Encoding', (key) => answering(200, '[]', { 'content-encoding': key })],
    ['no JSON', (key) => answering(200, `${'v'.repeat(60)}${key}`)],
    ['no slots', (key) => answering(200, JSON.stringify([{ [key]: key }, key]))],
    ['a field', (key) => answering(200, JSON.stringify([{ ...leapDay(1)[0], remaining: `${'v'.repeat(60)}${key}` }]))],
  ];

  it.each(places)('is shown to nobody when it is repeated in %s', async (_, answerWith) => {
    const leap = client();
    for (const form of forms.flatMap((each) => [each, each.slice(0, -3)])) {
      answerWith(form);
      const day = fetchOne(leap, spanOf(14, DATE));
      const text = await day.then(({ oddities, wait }) => JSON.stringify([oddities, wait]), shown);
      const lower = text.toLowerCase();
      expect(pieces.filter((piece) => lower.includes(piece))).toEqual([]);
    }
  });
});

function fetchDay(timeoutMs = 10_000) {
  return fetchOne(client(timeoutMs), spanOf(14, DATE));
}

function client(timeoutMs = 10_000): LeapClient {
  const settings = supplierSettings({ url, apiKey: KEY, requestsPerMinute: 30, timeoutMs, proxy: null });
  return new LeapClient(new HttpService(), settings, new TestClock(NOW));
}

function thrownBy(request: Promise<unknown>): Promise<unknown> {
  return request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

/** Every failure is one of ours, and made no second request. */
async function failureOf(request: Promise<unknown>): Promise<SupplierFailure> {
  const error = await thrownBy(request);
  expect(error).toBeInstanceOf(SupplierFailure);
  expect(supplier.requests.length).toBeLessThanOrEqual(1);
  expect(shown(error)).not.toContain(KEY);
  return error as SupplierFailure;
}

function shown(error: unknown): string {
  const { message, stack, cause } = error as Error;
  return [message, stack, JSON.stringify(error), String(cause)].join('\n');
}
