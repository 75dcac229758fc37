import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sandboxPax, sandboxSlot } from '../setup/day-factory.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';

const TODAY = '2026-03-02';
const STEADY = '2026-03-03';
const CHANGING = '2026-03-04';
const CLOSING = '2026-03-05';
const HOUR = 3_600_000;

const early = (startDate: string) => sandboxSlot({ startDate, startTime: '09:00' });
const late = (startDate: string) => sandboxSlot({ startDate, startTime: '18:00' });

describe('the freshness of an answer', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14', SYNC_TIERS: '1:15m,4:4h' } });
    for (const date of [TODAY, STEADY, CHANGING, CLOSING]) {
      app.sandbox.setTruth(14, date, [early(date), late(date)]);
    }
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  function get(date: string, headers: Record<string, string> = {}): request.Test {
    return request(app.url).get(`/api/v1/experience/14/slots?date=${date}`).set(headers);
  }

  async function read(date: string) {
    const response = await get(date);
    expect(response.status).toBe(200);
    const { headers } = response;
    const { asOf, staleAfter, slots } = response.body as { asOf: string; staleAfter: string; slots: object[] };
    return {
      asOf,
      staleAfter,
      slots,
      etag: headers['etag'] ?? '',
      lastModified: headers['last-modified'] ?? '',
      cacheControl: headers['cache-control'] ?? '',
    };
  }

  /** Lets the promise of every day run out, and all of them be asked again. */
  async function confirmAgain(): Promise<void> {
    app.clock.advance(4 * HOUR);
    expect(await app.syncUntilIdle()).toBeGreaterThanOrEqual(4);
  }

  it('names as `asOf` the instant at which the supplier was asked, and as `staleAfter` what the tier promises', async () => {
    for (const [date, promise] of [
      [TODAY, HOUR / 4],
      [STEADY, 4 * HOUR],
    ] as const) {
      const asked = app.sandbox.requests().findLast((sent) => sent.date === date);
      const { asOf, staleAfter } = await read(date);
      expect(asOf).toBe(new Date(asked?.at ?? NaN).toISOString());
      expect(Date.parse(staleAfter) - Date.parse(asOf)).toBe(promise);
    }
  });

  it('carries a weak ETag and the time of the last change', async () => {
    const { etag, lastModified, asOf } = await read(STEADY);
    expect(etag).toMatch(/^W\/"[\w%-]+"$/);
    expect(lastModified).toBe(new Date(asOf).toUTCString());
  });

  it('lets caches keep an answer for a minute at most, and for no longer than its promise holds', async () => {
    const { staleAfter, cacheControl } = await read(TODAY);
    expect(cacheControl).toBe('public, max-age=60, stale-while-revalidate=60');
    const now = app.clock.now();
    const maxAgeAt = async (msBefore: number) => {
      app.clock.set(new Date(Date.parse(staleAfter) - msBefore));
      return /max-age=(\d+)/.exec((await read(TODAY)).cacheControl)?.[1];
    };
    expect(await maxAgeAt(60_001)).toBe('60');
    expect(await maxAgeAt(59_999)).toBe('59');
    expect(await maxAgeAt(999)).toBe('0');
    expect(await maxAgeAt(-HOUR)).toBe('0');
    app.clock.set(now);
  });

  it('moves on `asOf` when the supplier confirms a day unchanged, in whatever order, and nothing else', async () => {
    const before = await read(STEADY);
    app.sandbox.setTruth(14, STEADY, [late(STEADY), early(STEADY)]);
    await confirmAgain();
    const after = await read(STEADY);
    expect(Date.parse(after.asOf)).toBeGreaterThan(Date.parse(before.asOf));
    expect(Date.parse(after.staleAfter)).toBeGreaterThan(Date.parse(before.staleAfter));
    expect(after).toEqual({ ...before, asOf: after.asOf, staleAfter: after.staleAfter });
  });

  it.each([
    ['a remaining count', (): object[] => [sandboxSlot({ ...early(CHANGING), remaining: 7 }), late(CHANGING)]],
    [
      'a count of a pax type',
      () => [sandboxSlot({ ...early(CHANGING), paxAvailability: [sandboxPax({ remaining: 5 })] })],
    ],
    ['an end time', () => [sandboxSlot({ ...early(CHANGING), endTime: '10:00' })]],
    ['a slot that is gone', () => [late(CHANGING)]],
  ])('moves on the ETag and Last-Modified when the supplier changed %s', async (_what, truth) => {
    const before = await read(CHANGING);
    app.sandbox.setTruth(14, CHANGING, truth());
    await confirmAgain();
    const after = await read(CHANGING);
    expect(after.slots).not.toEqual(before.slots);
    expect(after.etag).not.toBe(before.etag);
    expect(after.lastModified).toBe(new Date(after.asOf).toUTCString());
    expect(Date.parse(after.lastModified)).toBeGreaterThan(Date.parse(before.lastModified));
    expect((await get(CHANGING, { 'if-none-match': before.etag })).status).toBe(200);
  });

  it('believes that a day is closed once the supplier says so twice', async () => {
    app.sandbox.setTruth(14, CLOSING, []);
    await confirmAgain();
    expect((await read(CLOSING)).slots).toHaveLength(2);
    app.clock.advance(6_000);
    await app.syncUntilIdle();
    expect((await read(CLOSING)).slots).toEqual([]);
  });

  describe('to a client that has the content already', () => {
    it.each([
      ['by its tag', (tag: string) => tag],
      ['by its tag in the strong form', (tag: string) => tag.replace('W/', '')],
      ['in a list', (tag: string) => `"other", ${tag} , W/"third"`],
      ['in a list without spaces', (tag: string) => `"other",W/"a,b",${tag}`],
      ['by a star', () => '*'],
    ])('is 304 without a body when it names it %s', async (_how, ifNoneMatch) => {
      const { etag, cacheControl, lastModified } = await read(STEADY);
      const response = await get(STEADY, { 'if-none-match': ifNoneMatch(etag) });
      expect(response.status).toBe(304);
      expect(response.text).toBe('');
      expect(response.headers).toMatchObject({ etag, 'cache-control': cacheControl, 'last-modified': lastModified });
      expect(response.headers).not.toHaveProperty('content-type');
    });

    it.each([
      ['another tag', () => 'W/"other"'],
      ['nothing', () => ''],
      ['the tag without quotes', (tag: string) => tag.replace(/W\/|"/g, '')],
      ['the beginning of the tag', (tag: string) => `${tag.slice(0, -3)}"`],
    ])('is whole when it names %s', async (_what, ifNoneMatch) => {
      const { etag } = await read(STEADY);
      const response = await get(STEADY, { 'if-none-match': ifNoneMatch(etag) });
      expect(response.status).toBe(200);
    });
  });

  it('has the same headers for HEAD as for GET', async () => {
    const plain = { 'accept-encoding': 'identity' };
    const path = `/api/v1/experience/14/slots?date=${STEADY}`;
    const whole = await request(app.url).get(path).set(plain);
    const { etag = '' } = whole.headers;
    const head = () => request(app.url).head(path).set(plain);
    const response = await head();
    expect(response.status).toBe(200);
    expect(response.text).toBeFalsy();
    const telling = ['etag', 'last-modified', 'cache-control', 'content-type', 'content-length'];
    for (const name of telling) expect(response.headers[name]).toBe(whole.headers[name]);
    expect((await head().set('if-none-match', etag)).status).toBe(304);
  });
});
