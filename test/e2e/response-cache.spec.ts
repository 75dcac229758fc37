import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { sandboxSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { ResponseCache } from '../../src/http/index.js';
import type { HttpAnswer } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

const ID = 16;
const DATE = '2026-03-05';
const SLOTS = `/api/v1/experience/${ID}/slots?date=${DATE}`;
const DATES = `/api/v1/experience/${ID}/dates`;

describe('The response cache', () => {
  let app: TestApp;
  let cache: ResponseCache;

  beforeAll(async () => {
    app = await startTestApp({
      env: { EXPERIENCES: String(ID), SYNC_TIERS: '10:24h' },
      sandboxOptions: { speed: 0 },
    });
    cache = app.app.get(ResponseCache);
    await app.syncUntilIdle();
    await until('the notifications are heard', () => Promise.resolve(cache.ready));
  });
  afterAll(() => app.close());

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<HttpAnswer> =>
    sendRaw(app.url, path, { method, headers });
  /** From memory: the database was not asked. */
  const isHit = async (work: () => Promise<unknown>): Promise<boolean> => {
    const { hits } = cache.counts;
    await work();
    return cache.counts.hits === hits + 1;
  };
  const change = async (remaining: number): Promise<void> => {
    app.sandbox.setTruth(ID, DATE, [sandboxSlot({ startDate: DATE, remaining })]);
    app.clock.advance(1_100);
    await makeDue(app.prisma, ID, DATE, app.clock.now());
    await app.tick();
  };
  const heard = () => until('the change is heard', async () => !(await isHit(() => get(SLOTS))));

  it.each([SLOTS, DATES])('answers %s from memory with what it answered before, headers and all', async (path) => {
    const first = await get(path);
    let second = first;
    expect(await isHit(async () => (second = await get(path)))).toBe(true);
    expect(second.text).toBe(first.text);
    // Only a miss counts against MISSES_PER_MINUTE, and says what is left.
    expect(second.headers).not.toHaveProperty('ratelimit');
    const apart = { date: null, 'x-request-id': null, ratelimit: null, 'ratelimit-policy': null };
    expect({ ...second.headers, ...apart }).toEqual({ ...first.headers, ...apart });
  });

  it.each([SLOTS, DATES])('answers HEAD %s like GET, without the body', async (path) => {
    const whole = await get(path);
    let head = whole;
    expect(await isHit(async () => (head = await get(path, {}, 'HEAD')))).toBe(true);
    expect(head.text).toBe('');
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(whole.text)));
    expect(head.headers['etag']).toBe(whole.headers['etag']);
  });

  it('answers 304 from memory to whoever has the content', async () => {
    const { headers } = await get(SLOTS);
    let again: HttpAnswer | undefined;
    expect(await isHit(async () => (again = await get(SLOTS, { 'if-none-match': String(headers['etag']) })))).toBe(
      true,
    );
    expect(again).toMatchObject({ status: 304, text: '' });
    expect(again?.headers['cache-control']).toMatch(/^public, max-age=/);
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('answers a client that accepts %s with that, from the first read on', async (encoding, decode) => {
    const plain = await get(DATES);
    cache.clear();
    const answer = await get(DATES, { 'accept-encoding': encoding });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(await isHit(() => get(DATES, { 'accept-encoding': encoding }))).toBe(true);
    expect(decode(answer.bytes).toString()).toBe(plain.text);
    expect(answer.bytes.length).toBeLessThan(plain.text.length / 3);
    expect(answer.headers['vary']).toBe('accept-encoding');
    expect((await get(DATES)).headers['content-encoding']).toBeUndefined();
    expect((await get(DATES, { 'accept-encoding': `${encoding};q=0` })).headers['content-encoding']).toBeUndefined();
  });

  it('forgets slots and calendar of a day that changed, and of one that was confirmed', async () => {
    await change(5);
    await heard();
    expect((await get(SLOTS)).text).toContain('"remaining":5');
    await get(DATES);
    await change(7);
    await heard();
    expect((await get(SLOTS)).text).toContain('"remaining":7');
    expect((await get(DATES)).text).toContain(`"date":"${DATE}","price"`);
    expect((await get(DATES)).text).toContain('"remaining":7');
    const { asOf } = JSON.parse((await get(SLOTS)).text) as { asOf: string };
    await change(7);
    await heard();
    expect((JSON.parse((await get(SLOTS)).text) as { asOf: string }).asOf > asOf).toBe(true);
  });

  it('keeps no answer but those of the two reads, and them under one spelling', async () => {
    const { responses } = cache.counts;
    for (const path of ['/api/v1/experience', '/test', `${SLOTS}&x=1`, `${DATES}?x=1`, '/api/v1/experience/99/dates']) {
      await get(path);
      expect(await isHit(() => get(path))).toBe(false);
    }
    expect(cache.counts.responses).toBeLessThanOrEqual(responses + 2);
  });

  it('does not answer from memory what a promise no longer covers, nor beyond local midnight', async () => {
    await get(DATES);
    // Ten hours later it is past midnight in Singapore.
    app.clock.advance(13 * 3_600_000);
    expect(await isHit(() => get(DATES))).toBe(false);
    expect((JSON.parse((await get(DATES)).text) as { from: string }).from).toBe('2026-03-03');
  });

  it('counts what it serves as read', async () => {
    await app.sync.everyFiveSeconds();
    const reads = async () =>
      (await app.prisma.experienceRates.findUniqueOrThrow({ where: { experienceId: ID } })).reads;
    const before = await reads();
    for (let i = 0; i < 10; i++) await get(SLOTS);
    await app.sync.everyFiveSeconds();
    expect(await reads()).toBeCloseTo(before + 10, 1);
  });

  it('is not asked for what has a body or another method', async () => {
    await get(SLOTS);
    expect(await isHit(() => get(SLOTS, {}, 'OPTIONS'))).toBe(false);
    expect(await isHit(() => get(SLOTS, {}, 'POST'))).toBe(false);
  });
});
