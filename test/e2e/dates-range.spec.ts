import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ResponseCache } from '../../src/http/index.js';
import type { Calendar } from '../../src/experience/reads.shape.js';
import { sandboxPax, sandboxPrice, sandboxSlot, type SandboxSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { expectProblem, type HttpAnswer } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

const ID = 14;
const TODAY = '2026-03-02';
const SMALL = '2026-03-04';
const LARGE = '2026-03-05';
const UNKNOWN = '2026-03-06';
const END = '2026-03-12';
const FAMILY = 'party=ADULT:2,CHILD:1';

const slot = (startDate: string, startTime: string, fields: Partial<SandboxSlot> = {}) =>
  sandboxSlot({
    ...{ startDate, startTime },
    paxAvailability: [
      sandboxPax({ price: sandboxPrice({ finalPrice: 341 }) }),
      sandboxPax({ type: 'CHILD_4~11', isPrimary: false, price: sandboxPrice({ finalPrice: 241.1 }) }),
    ],
    ...fields,
  });

describe('GET /api/v1/experience/:id/dates of some dates, or for a party', () => {
  let app: TestApp;

  beforeAll(async () => {
    const env = { EXPERIENCES: String(ID), SYNC_TIERS: '10:24h' };
    app = await startTestApp({ env, sandboxOptions: { speed: 0 } });
    app.sandbox.setTruth(ID, TODAY, [slot(TODAY, '22:00'), slot(TODAY, '23:00')]);
    app.sandbox.setTruth(ID, SMALL, [slot(SMALL, '09:00', { remaining: 2 })]);
    app.sandbox.setTruth(ID, LARGE, [slot(LARGE, '09:00')]);
    app.sandbox.addFault({ kind: 'status', status: 500, date: UNKNOWN, times: 1 });
    await app.syncUntilIdle();
    await until('the notifications are heard', () => Promise.resolve(app.app.get(ResponseCache).ready));
  });
  afterAll(() => app.close());

  const get = (query: string): Promise<HttpAnswer> => sendRaw(app.url, `/api/v1/experience/${ID}/dates?${query}`);
  const read = async (query: string): Promise<Calendar> => JSON.parse((await get(query)).text) as Calendar;
  const datesOf = ({ dates }: Calendar) => dates.map(({ date }) => date);

  it('is a part of the whole calendar, entry by entry', async () => {
    const whole = JSON.parse((await sendRaw(app.url, `/api/v1/experience/${ID}/dates`)).text) as Calendar;
    const part = await read(`from=${SMALL}&to=2026-03-09`);
    expect([part.from, part.to]).toEqual([SMALL, '2026-03-09']);
    expect(part.dates).toEqual(whole.dates.filter(({ date }) => date >= SMALL && date < '2026-03-09'));
    expect(part.unknown).toEqual([UNKNOWN]);
    expect(part.degraded).toEqual(whole.degraded);
    expect(Object.keys(part)).toEqual(Object.keys(whole));
  });

  it('ends with the window, and begins today, whatever the range is', async () => {
    const whole = await read('from=2026-02-01&to=2027-01-01');
    expect([whole.from, whole.to]).toEqual([TODAY, END]);
    expect(await read(`from=${TODAY}`)).toEqual(whole);
    expect(await read(`to=${END}`)).toEqual(whole);
  });

  it('lists the dates that the party can book, with what it pays and where', async () => {
    const { dates } = await read(FAMILY);
    expect(datesOf({ dates } as Calendar)).not.toContain(SMALL);
    expect(dates.find(({ date }) => date === LARGE)).toEqual({
      ...{ date: LARGE, remaining: 2_000, slots: 1, price: sandboxPrice({ finalPrice: 341 }) },
      total: { amount: 923.1, currencyCode: 'SGD' },
      slot: expect.objectContaining({ startTime: '09:00', remaining: 2_000, finalPrice: 341 }),
    });
    expect(datesOf(await read('places=2'))).toContain(SMALL);
    expect(datesOf(await read('places=3'))).not.toContain(SMALL);
  });

  it.each([
    ['from=2026-03-05&to=2026-03-05', 400, 'INVALID_DATE'],
    ['from=x', 400, 'INVALID_DATE'],
    ['party=x', 400, 'INVALID_REQUEST'],
    ['x=1', 400, 'INVALID_REQUEST'],
    ['from=2027-03-05', 404, 'DATE_NOT_COVERED'],
    ['to=2026-03-02', 404, 'DATE_NOT_COVERED'],
  ])('refuses %j', async (query, status, code) => {
    const problem = expectProblem(await get(query), status, code);
    if (status === 404) expect(problem.range).toEqual({ from: TODAY, to: END });
  });

  it('is answered from memory until a day of the range is confirmed', async () => {
    const cache = app.app.get(ResponseCache);
    const query = `from=${SMALL}&to=${UNKNOWN}&${FAMILY}`;
    await get(query);
    const { hits } = cache.counts;
    await get(query);
    await get(`party=CHILD:1,ADULT:2&to=${UNKNOWN}&from=${SMALL}`);
    expect(cache.counts.hits).toBe(hits + 2);
    app.sandbox.setTruth(ID, SMALL, [slot(SMALL, '09:00')]);
    app.clock.advance(1_100);
    await makeDue(app.prisma, ID, SMALL, app.clock.now());
    await app.tick();
    await until('the change is shown', async () => datesOf(await read(query)).includes(SMALL));
  });

  it('does not list what has started today', async () => {
    const query = `to=${SMALL}&${FAMILY}`;
    const slotOfToday = async () => (await read(query)).dates.find(({ date }) => date === TODAY)?.slot?.startTime;
    expect(await slotOfToday()).toBe('22:00');
    app.clock.set(`${TODAY}T14:00:00.000Z`);
    expect(await slotOfToday()).toBe('23:00');
    app.clock.set(`${TODAY}T15:00:00.000Z`);
    expect(await slotOfToday()).toBeUndefined();
  });
});
