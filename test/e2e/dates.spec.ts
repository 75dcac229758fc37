import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sandboxPax, sandboxPrice, sandboxSlot, type SandboxSlot } from '../setup/day-factory.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';

interface Calendar {
  id: number;
  from: string;
  to: string;
  asOf: string | null;
  staleAfter: string | null;
  dates: { date: string; price: object; remaining: number; slots: number }[];
  unknown: string[];
}

const TODAY = '2026-03-02';
const CHEAPEST = '2026-03-03';
const SOLD_OUT = '2026-03-04';
const CLOSED = '2026-03-05';
const UNKNOWN = '2026-03-06';
const LAST = '2026-05-01';
const HOUR = 3_600_000;

function slotAt(
  startDate: string,
  startTime: string,
  finalPrice: number,
  slot: Partial<SandboxSlot> = {},
): SandboxSlot {
  const adult = sandboxPax({ price: sandboxPrice({ finalPrice, originalPrice: finalPrice + 100, discount: 0.5 }) });
  const infant = sandboxPax({ type: 'INFANT_0~4', isPrimary: false, price: sandboxPrice({ finalPrice: 0 }) });
  return sandboxSlot({ startDate, startTime, paxAvailability: [infant, adult], ...slot });
}

async function calendarOf(app: TestApp, headers: Record<string, string> = {}) {
  const response = await request(app.url).get('/api/v1/experience/14/dates').set(headers);
  return { response, calendar: response.body as Calendar };
}

describe('GET /api/v1/experience/:id/dates', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14' } });
    const { sandbox } = app;
    sandbox.setTruth(14, TODAY, [slotAt(TODAY, '23:00', 99.95)]);
    sandbox.setTruth(14, CHEAPEST, [
      slotAt(CHEAPEST, '09:00', 19.9, { remaining: 0 }),
      slotAt(CHEAPEST, '10:00', 212.14, { remaining: 10 }),
      slotAt(CHEAPEST, '11:00', 43.5, { remaining: 700 }),
      slotAt(CHEAPEST, '12:00', 50, { remaining: 3 }),
    ]);
    sandbox.setTruth(14, SOLD_OUT, [slotAt(SOLD_OUT, '09:00', 10, { remaining: 0 })]);
    sandbox.setTruth(14, CLOSED, []);
    sandbox.setTruth(14, LAST, [slotAt(LAST, '09:00', 77)]);
    sandbox.addFault({ kind: 'status', status: 500, date: UNKNOWN, times: 1 });
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  it('answers in the shape and the order of keys that the contract names', async () => {
    const { response, calendar } = await calendarOf(app);
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(Object.keys(calendar)).toEqual(['id', 'from', 'to', 'asOf', 'staleAfter', 'degraded', 'dates', 'unknown']);
    expect(JSON.stringify(calendar.dates.find(({ date }) => date === CHEAPEST))).toBe(
      '{"date":"2026-03-03","price":{"finalPrice":43.5,"originalPrice":143.5,"discount":0.5,"currencyCode":"SGD"},' +
        '"remaining":713,"slots":3}',
    );
  });

  it('covers 61 days from the local today; `to` is the first date beyond', async () => {
    const { calendar } = await calendarOf(app);
    expect([calendar.from, calendar.to]).toEqual([TODAY, '2026-05-02']);
    const asked = app.sandbox.requests().map(({ date }) => date ?? '');
    expect([...new Set(asked)].sort()).toHaveLength(61);
    expect([...asked].sort().at(-1)).toBe(LAST);
  });

  it('lists the local today and the last day of the window', async () => {
    const dates = (await calendarOf(app)).calendar.dates.map(({ date }) => date);
    expect([dates[0], dates.at(-1)]).toEqual([TODAY, LAST]);
  });

  it('lists neither sold-out nor closed days, and does not call them unknown', async () => {
    const { dates, unknown } = (await calendarOf(app)).calendar;
    const named = [...dates.map(({ date }) => date), ...unknown];
    expect(named).not.toContain(SOLD_OUT);
    expect(named).not.toContain(CLOSED);
  });

  it('calls a day unknown that the supplier never told anything about', async () => {
    expect((await calendarOf(app)).calendar.unknown).toEqual([UNKNOWN]);
  });

  it('lists every open day, in order, with the cheapest open primary price and what is open in sum', async () => {
    const { calendar } = await calendarOf(app);
    const window = Array.from({ length: 61 }, (_, i) => new Date(Date.UTC(2026, 2, 2 + i)).toISOString().slice(0, 10));
    const expected = window.flatMap((date) => {
      const slots = app.sandbox.truth(14, date) as SandboxSlot[];
      const open = slots.filter(({ remaining }) => remaining > 0);
      if (open.length === 0 || date === UNKNOWN) return [];
      const prices = open.map((slot) => slot.paxAvailability.find((pax) => pax.isPrimary)?.price ?? sandboxPrice());
      const finalPrice = Math.min(...prices.map((price) => price.finalPrice));
      const remaining = open.reduce((sum, slot) => sum + slot.remaining, 0);
      return [{ date, price: prices.find((price) => price.finalPrice === finalPrice), remaining, slots: open.length }];
    });
    expect(expected.length).toBeGreaterThan(20);
    expect(calendar.dates).toEqual(expected);
  });

  it('names a day that fails, and has a short life in caches meanwhile', async () => {
    const { response, calendar } = await calendarOf(app);
    expect(calendar).toMatchObject({ degraded: { code: 'supplier_error', dates: [UNKNOWN] }, unknown: [UNKNOWN] });
    expect(response.headers['cache-control']).toBe('public, max-age=5, must-revalidate');
  });

  it('answers 304 to a client that has the content', async () => {
    const { response } = await calendarOf(app);
    const { etag = '' } = response.headers;
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    expect((await calendarOf(app, { 'if-none-match': etag })).response.status).toBe(304);
    expect((await calendarOf(app, { 'if-none-match': '"other"' })).response.status).toBe(200);
  });

  it('has the same headers for HEAD as for GET', async () => {
    const plain = { 'accept-encoding': 'identity' };
    const { response } = await calendarOf(app, plain);
    const head = await request(app.url).head('/api/v1/experience/14/dates').set(plain);
    expect(head.status).toBe(200);
    for (const name of ['etag', 'cache-control', 'content-length'])
      expect(head.headers[name]).toBe(response.headers[name]);
  });

  it('lists the unknown day once the supplier answers', async () => {
    const before = await calendarOf(app);
    app.sandbox.setTruth(14, UNKNOWN, [slotAt(UNKNOWN, '09:00', 5)]);
    app.clock.advance(10_000);
    await app.syncUntilIdle();
    const { calendar, response } = await calendarOf(app);
    expect(calendar.unknown).toEqual([]);
    expect(calendar.dates.find(({ date }) => date === UNKNOWN)).toMatchObject({ remaining: 2_000, slots: 1 });
    expect(response.headers['etag']).not.toBe(before.response.headers['etag']);
    expect(response.headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=60');
  });

  it('forgets the day that is over at local midnight; the day that comes in is unknown at first', async () => {
    app.clock.set('2026-03-02T14:59:59.999Z');
    expect((await calendarOf(app)).calendar.dates[0]?.date).toBe(TODAY);
    // Its last slot has started.
    app.clock.set('2026-03-02T15:59:59.999Z');
    const evening = (await calendarOf(app)).calendar;
    expect([evening.from, evening.dates[0]?.date]).toEqual([TODAY, CHEAPEST]);
    app.clock.set('2026-03-02T16:00:00.000Z');
    const { calendar } = await calendarOf(app);
    expect(calendar).toMatchObject({ from: '2026-03-03', to: '2026-05-03', unknown: ['2026-05-02'] });
    expect(calendar.dates[0]?.date).toBe(CHEAPEST);
    app.clock.advance(1_000);
    await app.syncUntilIdle();
    expect((await calendarOf(app)).calendar.unknown).toEqual([]);
  });
});

describe('the freshness of a calendar', () => {
  let app: TestApp;
  const [first, second, third] = ['2026-03-02', '2026-03-03', '2026-03-04'] as const;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14', SYNC_TIERS: '1:15m,3:4h' } });
  });
  afterAll(() => app.close());

  it('is null while nothing was ever confirmed', async () => {
    const { calendar, response } = await calendarOf(app);
    expect(calendar).toMatchObject({ asOf: null, staleAfter: null, dates: [], unknown: [first, second, third] });
    expect(response.headers['cache-control']).toBe('public, max-age=0, stale-while-revalidate=60');
  });

  it('is that of the day confirmed longest ago among those listed', async () => {
    for (const date of [first, second]) app.sandbox.setTruth(14, date, [slotAt(date, '20:00', 10)]);
    app.sandbox.setTruth(14, third, []);
    await app.syncUntilIdle();
    app.clock.advance(HOUR);
    expect(await app.syncUntilIdle()).toBe(1);
    const { calendar } = await calendarOf(app);
    const asked = app.sandbox.requests().find(({ date }) => date === second);
    expect(calendar.asOf).toBe(new Date(asked?.at ?? NaN).toISOString());
  });

  it('takes no account of days that are not listed, and keeps its ETag when days are confirmed unchanged', async () => {
    app.sandbox.setTruth(14, second, [slotAt(second, '20:00', 10, { remaining: 0 })]);
    app.clock.advance(4 * HOUR);
    await app.syncUntilIdle();
    const before = await calendarOf(app);
    app.clock.advance(HOUR);
    expect(await app.syncUntilIdle()).toBe(1);
    const after = await calendarOf(app);
    expect(after.calendar.dates.map(({ date }) => date)).toEqual([first]);
    const asked = app.sandbox.requests().findLast(({ date }) => date === first);
    expect(after.calendar.asOf).toBe(new Date(asked?.at ?? NaN).toISOString());
    for (const name of ['etag', 'last-modified'])
      expect(after.response.headers[name]).toBe(before.response.headers[name]);
  });
});
