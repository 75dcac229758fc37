import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ResponseCache } from '../../src/http/index.js';
import type { Availability } from '../../src/experience/availability/availability.shape.js';
import type { Calendar } from '../../src/experience/reads.shape.js';
import { sandboxPax, sandboxPrice, sandboxSlot, type SandboxSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { expectProblem, type HttpAnswer } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

/** The local day of the tests, Monday noon in Singapore. */
const TODAY = '2026-03-02';
const DATE = '2026-03-05';
const FAMILY = 'party=ADULT:2,CHILD:1';

const adult = (finalPrice: number, remaining = 100) =>
  sandboxPax({ price: sandboxPrice({ finalPrice }), remaining, max: 8 });
const child = (finalPrice: number, remaining = 100) =>
  sandboxPax({ type: 'CHILD_4~11', isPrimary: false, price: sandboxPrice({ finalPrice }), remaining });
const slot = (startDate: string, startTime: string, fields: Partial<SandboxSlot> = {}) =>
  sandboxSlot({ startDate, startTime, paxAvailability: [adult(341), child(241.5)], ...fields });

/** Per experience, what it holds on the date. The supplier knows no experience 19. */
const TRUTH: Readonly<Record<number, SandboxSlot[]>> = {
  14: [
    slot(DATE, '09:00'),
    slot(DATE, '10:00', { paxAvailability: [adult(340.9), child(0.1)], remaining: 3 }),
    slot(DATE, '11:00', { paxAvailability: [adult(1), child(1)], remaining: 2 }),
  ],
  15: [slot(DATE, '09:00', { remaining: 0 })],
  16: [],
  17: [slot(DATE, '09:00', { remaining: 2 })],
  18: [slot(DATE, '09:00', { paxAvailability: [adult(341)] })],
};

/** Of a list with larger numbers than those of experiences. */
const BEYOND_ALL_IDS = Buffer.from('after 2147483648').toString('base64url');

describe('GET /api/v1/availability', () => {
  let app: TestApp;
  let cache: ResponseCache;

  beforeAll(async () => {
    app = await startTestApp({
      env: { EXPERIENCES: '14,15,16,17,18,19', SYNC_TIERS: '10:24h' },
      sandboxOptions: { speed: 0 },
    });
    cache = app.app.get(ResponseCache);
    for (const [id, slots] of Object.entries(TRUTH)) app.sandbox.setTruth(Number(id), DATE, slots);
    app.sandbox.setTruth(14, TODAY, [slot(TODAY, '23:00')]);
    await app.syncUntilIdle();
    await until('the notifications are heard', () => Promise.resolve(cache.ready));
  });
  afterAll(() => app.close());

  const get = (query: string, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
    sendRaw(app.url, `/api/v1/availability?${query}`, { headers });
  const read = async (query: string): Promise<Availability> => {
    const answer = await get(query);
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
    return JSON.parse(answer.text) as Availability;
  };
  const statesOf = ({ experiences }: Availability) =>
    Object.fromEntries(experiences.map(({ id, dates }) => [id, dates.map(({ state }) => state).join()]));
  const change = async (id: number, slots: SandboxSlot[]): Promise<void> => {
    app.sandbox.setTruth(id, DATE, slots);
    app.clock.advance(1_100);
    await makeDue(app.prisma, id, DATE, app.clock.now());
    await app.tick();
  };

  it('says of each experience whether the party can book, what it pays, and in which slot', async () => {
    const answer = await read(`date=${DATE}&${FAMILY}`);
    expect(Object.keys(answer)).toEqual([
      'from',
      'to',
      'asOf',
      'staleAfter',
      'experiences',
      'notMirrored',
      'nextCursor',
      'changesCursor',
    ]);
    expect(answer).toMatchObject({ from: DATE, to: '2026-03-06', notMirrored: [], nextCursor: null });
    expect(answer.experiences[0]).toEqual({
      ...{ id: 14, timeZone: 'Asia/Singapore', asOf: expect.any(String), degraded: null },
      dates: [
        {
          ...{ date: DATE, state: 'available', total: { amount: 681.9, currencyCode: 'SGD' } },
          slot: {
            ...{ startTime: '10:00', endTime: '10:00', providerSlotId: `225532707686_${DATE}T10:00`, variantId: 32 },
            ...{ remaining: 3, finalPrice: 340.9, currencyCode: 'SGD' },
          },
          slots: 2,
        },
      ],
    });
  });

  it('tells sold out from closed, from too few places, from what is not offered, and from unknown', async () => {
    expect(statesOf(await read(`date=${DATE}&${FAMILY}`))).toEqual({
      ...{ 14: 'available', 15: 'sold_out', 16: 'closed', 17: 'too_few_places', 18: 'not_offered', 19: 'unknown' },
    });
    expect(statesOf(await read(`date=${DATE}`))).toMatchObject({ 14: 'available', 17: 'available', 18: 'available' });
    expect(statesOf(await read(`date=${DATE}&places=3`))).toMatchObject({ 17: 'too_few_places', 18: 'available' });
    expect(statesOf(await read(`date=${DATE}&places=9`))).toMatchObject({ 14: 'not_offered', 18: 'not_offered' });
  });

  it('names an experience whose requests fail, and has a short life in caches meanwhile', async () => {
    const answer = await get(`date=${DATE}&experience=19`);
    const { experiences } = JSON.parse(answer.text) as Availability;
    expect(experiences[0]).toMatchObject({ asOf: null, degraded: { code: 'not_found', dates: [DATE] } });
    expect(answer.headers['cache-control']).toBe('public, max-age=5, must-revalidate');
  });

  it('is that of the slots of each date: a party alone as in the calendar', async () => {
    const answer = await read(`from=${TODAY}&to=2026-03-12&experience=14,15,16`);
    for (const { id, dates } of answer.experiences) {
      const calendar = JSON.parse((await sendRaw(app.url, `/api/v1/experience/${id}/dates`)).text) as Calendar;
      const available = dates.filter(({ state }) => state === 'available');
      expect(available.map(({ date, slots, slot: best }) => [date, slots, best?.finalPrice])).toEqual(
        calendar.dates.map(({ date, slots, price }) => [date, slots, price.finalPrice]),
      );
    }
  });

  it('covers each date of the request, and says which are not mirrored', async () => {
    const { experiences } = await read('from=2026-03-01&to=2026-03-14&experience=14');
    const states = experiences[0]?.dates.map(({ date, state }) => `${date} ${state}`) ?? [];
    expect(states).toHaveLength(13);
    expect([states[0], states[11], states[12]]).toEqual(['01', '12', '13'].map((day) => `2026-03-${day} not_covered`));
    expect(states.slice(1, 11).filter((state) => state.includes('not_covered'))).toEqual([]);
    const problem = expectProblem(await get('date=2027-03-05'), 404, 'DATE_NOT_COVERED');
    expect(problem).toMatchObject({ range: { from: TODAY, to: '2026-03-12' } });
  });

  it('gives the named experiences by id, once, and says which are not in the catalogue', async () => {
    const answer = await read(`date=${DATE}&experience=18,99,14,14`);
    expect(answer.experiences.map(({ id }) => id)).toEqual([14, 18]);
    expect(answer.notMirrored).toEqual([99]);
    expect(answer.nextCursor).toBeNull();
  });

  it.each(['', '&experience=14,15,16,17,18,19'])('is read page by page, each experience once (%j)', async (of) => {
    const whole = await read(`date=${DATE}${of}`);
    const pages: Availability[] = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.nextCursor ?? null) {
      pages.push(await read(`date=${DATE}${of}&limit=4&cursor=${cursor}`));
    }
    expect(pages.map(({ experiences }) => experiences.length)).toEqual([4, 2]);
    expect(pages.flatMap(({ experiences }) => experiences)).toEqual(whole.experiences);
  });

  it('has an empty last page where nothing follows', async () => {
    const { nextCursor } = await read(`date=${DATE}&limit=6`);
    for (const named of ['', '&experience=14,15']) {
      const page = await read(`date=${DATE}&cursor=${nextCursor}${named}`);
      expect(page).toMatchObject({ experiences: [], asOf: null, staleAfter: null, nextCursor: null });
    }
  });

  it.each([
    ['', 'INVALID_DATE'],
    ['party=ADULT:2', 'INVALID_DATE'],
    ['date=2026-02-30', 'INVALID_DATE'],
    [`date=${DATE}&from=${DATE}`, 'INVALID_DATE'],
    [`from=${DATE}`, 'INVALID_DATE'],
    [`from=${DATE}&to=${DATE}`, 'INVALID_DATE'],
    ['from=2026-03-02&to=2026-05-04', 'INVALID_DATE'],
    [`date=${DATE}&date=${DATE}`, 'INVALID_DATE'],
    [`date=${DATE}&experience=x`, 'INVALID_EXPERIENCE_ID'],
    [`date=${DATE}&experience=`, 'INVALID_EXPERIENCE_ID'],
    [`date=${DATE}&party=two`, 'INVALID_REQUEST'],
    [`date=${DATE}&places=0`, 'INVALID_REQUEST'],
    [`date=${DATE}&places=2&party=ADULT:2`, 'INVALID_REQUEST'],
    [`date=${DATE}&limit=501`, 'INVALID_REQUEST'],
    [`date=${DATE}&cursor=x`, 'INVALID_REQUEST'],
    [`date=${DATE}&cursor=${BEYOND_ALL_IDS}`, 'INVALID_REQUEST'],
    [`date=${DATE}&experience=14&experience=15`, 'INVALID_REQUEST'],
    [`date=${DATE}&day=1`, 'INVALID_REQUEST'],
  ])('refuses %j', async (query, code) => {
    const { detail } = expectProblem(await get(query), 400, code);
    expect(detail).toMatch(/\.$/);
  });

  it('is answered from memory in any spelling, with the same headers but those of the limit', async () => {
    cache.clear();
    const miss = await get(`date=${DATE}&${FAMILY}`);
    const { hits, misses } = cache.counts;
    const hit = await get(`date=${DATE}&${FAMILY}`);
    const other = await get(`party=CHILD%3A1%2CADULT%3A2&date=${DATE}&`);
    expect(cache.counts).toMatchObject({ hits: hits + 2, misses });
    for (const { text, headers } of [hit, other]) {
      expect(text).toBe(miss.text);
      expect(headers['etag']).toBe(miss.headers['etag']);
      expect(headers).not.toHaveProperty('ratelimit');
    }
    const known = await get(`date=${DATE}&${FAMILY}`, { 'if-none-match': String(miss.headers['etag']) });
    expect([known.status, known.text]).toEqual([304, '']);
  });

  it('counts as one miss per 100 days', async () => {
    const left = async (query: string) => Number(/r=(\d+)/.exec(String((await get(query)).headers['ratelimit']))?.[1]);
    const before = await left('date=2026-03-06&places=7');
    expect(await left('date=2026-03-06&experience=14&places=7')).toBe(before - 1);
    expect(await left('date=2026-03-07&places=7')).toBe(before - 6);
  });

  it('shows a change at once; a mere confirmation is another age of the same content', async () => {
    const query = `date=${DATE}&${FAMILY}`;
    const before = await get(query);
    await change(15, [slot(DATE, '09:00')]);
    await until('the change is shown', async () => statesOf(await read(query))[15] === 'available');
    const after = await get(query);
    expect(after.headers['etag']).not.toBe(before.headers['etag']);
    const { asOf } = (await read(query)).experiences[1] ?? {};
    await change(15, [slot(DATE, '09:00')]);
    await until('the confirmation is shown', async () => (await read(query)).experiences[1]?.asOf !== asOf);
    expect((await get(query)).headers['etag']).toBe(after.headers['etag']);
  });

  it('keeps no answer that a change of the catalogue concerns', async () => {
    const query = `date=${DATE}&places=1`;
    const ids = async () => (await read(query)).experiences.map(({ id }) => id);
    expect(await ids()).not.toContain(20);
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    await sendRaw(app.url, '/api/v1/experience/20', { method: 'PUT', headers });
    await until('it is listed', async () => (await ids()).includes(20));
    expect(statesOf(await read(query))[20]).toBe('unknown');
    await sendRaw(app.url, '/api/v1/experience/20', { method: 'DELETE', headers });
    await until('it is gone', async () => !(await ids()).includes(20));
  });

  it('reads the documents of days that were recorded by an older version', async () => {
    const query = `date=${DATE}&${FAMILY}&experience=14,15,16,17,18`;
    const before = (await read(query)).experiences;
    await app.prisma.$executeRaw`UPDATE day SET short_slots = NULL`;
    cache.clear();
    expect((await read(`${query}&limit=5`)).experiences).toEqual(before);
  });

  it('counts as one read, shared out among its experiences', async () => {
    await app.sync.everyFiveSeconds();
    const reads = async () => {
      const rows = await app.prisma.experienceRates.findMany({ where: { experienceId: { in: [14, 15] } } });
      return rows.reduce((sum, row) => sum + row.reads, 0);
    };
    const before = await reads();
    for (let i = 0; i < 10; i++) await read(`date=${DATE}&experience=14,15`);
    await app.sync.everyFiveSeconds();
    expect(await reads()).toBeCloseTo(before + 10, 1);
  });

  it('does not offer what has started today', async () => {
    const query = `date=${TODAY}&experience=14&${FAMILY}`;
    await makeDue(app.prisma, 14, TODAY, app.clock.now());
    await app.tick();
    expect(statesOf(await read(query))).toEqual({ 14: 'available' });
    app.clock.set(`${TODAY}T14:59:59.000Z`);
    expect(statesOf(await read(query))).toEqual({ 14: 'available' });
    app.clock.set(`${TODAY}T15:00:00.000Z`);
    expect(statesOf(await read(query))).toEqual({ 14: 'closed' });
    app.clock.set(`${TODAY}T16:00:00.000Z`);
    expect(statesOf(await read(query))).toEqual({ 14: 'not_covered' });
  });
});
