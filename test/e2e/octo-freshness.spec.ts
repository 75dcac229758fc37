import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ResponseCache } from '../../src/http/index.js';
import type { LeapSlot, SandboxSupplier } from '../../src/sandbox/index.js';
import { sandboxPax, sandboxPrice, sandboxSlot } from '../setup/day-factory.js';
import { forget, makeDue } from '../setup/day-row.js';
import { reseller, WITH_RESELLERS } from '../setup/octo-reseller.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const ID = 16;
const TODAY = '2026-03-02';
const DATE = '2026-03-04';
const LAST = '2026-03-06';
const QUERY = { productId: String(ID), optionId: 'DEFAULT' };
const RANGE = { ...QUERY, localDateStart: TODAY, localDateEnd: LAST };
const HOUR = 3_600_000;

interface Item {
  readonly id: string;
  readonly localDate: string;
  readonly localDateTimeStart: string;
  readonly available: boolean;
  readonly status: string;
  readonly vacancies: number | null;
  readonly pricing?: { retail: number; currencyPrecision: number };
  readonly unitPricing?: readonly { unitId: string; retail: number }[];
}

function slotAt(date: string, startTime: string, more: Partial<LeapSlot> = {}): unknown {
  const paxAvailability = [
    sandboxPax({ remaining: 10 }),
    sandboxPax({
      type: 'CHILD_3~11',
      name: 'Child',
      isPrimary: false,
      remaining: 2,
      price: sandboxPrice({ finalPrice: 43.1 }),
    }),
  ];
  return sandboxSlot({ startDate: date, startTime, remaining: 11, paxAvailability, ...more });
}

describe('OCTO and time', () => {
  let app: TestApp;
  let sandbox: SandboxSupplier;
  const items = async (query: object = RANGE, path = '/availability') =>
    (await reseller(app).post(path, query)) as Item[];
  const headersOf = async (query: object = RANGE) => (await reseller(app).send('POST', '/availability', query)).headers;

  beforeAll(async () => {
    const env = { ...WITH_RESELLERS, EXPERIENCES: String(ID), SYNC_TIERS: '3:24h,5:48h' };
    app = await startTestApp({ env, sandboxOptions: { speed: 0 } });
    sandbox = app.sandbox;
    for (const date of [TODAY, '2026-03-03', DATE, '2026-03-05', LAST]) {
      sandbox.setTruth(ID, date, [slotAt(date, '11:00'), slotAt(date, '13:00')]);
    }
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());
  it('does not sell what has started, and closes a slot at the instant of its start', async () => {
    const today = { ...QUERY, localDate: TODAY };
    const shown = async () =>
      (await items(today)).map(({ status, available, vacancies }) => [status, available, vacancies]);
    const open = ['AVAILABLE', true, 10];
    const closed = ['CLOSED', false, 0];
    expect(await shown()).toEqual([closed, open]);
    app.clock.set('2026-03-02T04:59:59.999Z');
    expect(await shown()).toEqual([closed, open]);
    app.clock.set('2026-03-02T05:00:00.000Z');
    expect(await shown()).toEqual([closed, closed]);
    expect((await items(RANGE, '/availability/calendar'))[0]).toMatchObject({
      localDate: TODAY,
      available: false,
      status: 'CLOSED',
    });
  });

  it('says how old an answer is', async () => {
    const headers = await headersOf();
    expect(headers.get('slotmirror-as-of')).toMatch(/^2026-03-02T04:00:/);
    // Today is over at midnight.
    expect(headers.get('slotmirror-stale-after')).toBe('2026-03-02T16:00:00.000Z');
    expect(headers.get('slotmirror-unknown-dates')).toBeNull();
    expect(headers.get('cache-control')).toBe('private, no-cache');
  });

  it('lists a date of which nothing is known as closed, names it, and sells nothing of it', async () => {
    await forget(app.prisma, ID, '2026-03-05');
    app.app.get(ResponseCache).clear();
    const days = await items(RANGE, '/availability/calendar');
    expect(days.map(({ localDate, available }) => [localDate.slice(-2), available])).toEqual([
      ...[
        ['02', false],
        ['03', true],
        ['04', true],
        ['05', false],
        ['06', true],
      ],
    ]);
    expect(days[3]).toMatchObject({ status: 'CLOSED', vacancies: 0 });
    expect((await headersOf()).get('slotmirror-unknown-dates')).toBe('2026-03-05');
    expect((await items()).some(({ localDateTimeStart }) => localDateTimeStart.startsWith('2026-03-05'))).toBe(false);
    const alone = await reseller(app).send('POST', '/availability', { ...QUERY, localDate: '2026-03-05' });
    expect([alone.status, alone.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await alone.json()).toMatchObject({ error: 'INTERNAL_SERVER_ERROR' });
    await app.syncUntilIdle();
    expect(await items({ ...QUERY, localDate: '2026-03-05' })).toHaveLength(2);
  });

  it('has nothing outside of the window, which no client may take for unknown', async () => {
    const outside = { ...QUERY, localDateStart: '2026-02-27', localDateEnd: '2026-03-01' };
    expect(await items(outside)).toEqual([]);
    const beyond = await items(
      { ...QUERY, localDateStart: '2026-05-01', localDateEnd: '2026-05-02' },
      '/availability/calendar',
    );
    expect(beyond.map(({ status }) => status)).toEqual(['CLOSED', 'CLOSED']);
  });

  it.each<[string, readonly (readonly [string, number])[], boolean, number]>([
    [
      'fits',
      [
        ['ADULT_12~99', 2],
        ['CHILD_3~11', 1],
      ],
      true,
      2 * 21_214 + 4_310,
    ],
    [
      'is too many children',
      [
        ['ADULT_12~99', 2],
        ['CHILD_3~11', 3],
      ],
      false,
      2 * 21_214 + 3 * 4_310,
    ],
    [
      'is too many in all',
      [
        ['ADULT_12~99', 10],
        ['CHILD_3~11', 2],
      ],
      false,
      10 * 21_214 + 2 * 4_310,
    ],
    ['is more adults than are left', [['ADULT_12~99', 11]], false, 11 * 21_214],
  ])('says whether a party can be booked, and for how much: it %s', async (_, party, available, retail) => {
    const units = party.map(([id, quantity]) => ({ id, quantity }));
    const [first] = await items({ ...QUERY, localDate: DATE, units });
    expect(first).toMatchObject({ available, vacancies: 10, pricing: { retail, currencyPrecision: 2 } });
    expect(first?.unitPricing).toHaveLength(2);
    const days = await items({ ...RANGE, localDateStart: DATE, localDateEnd: DATE, units }, '/availability/calendar');
    expect(days[0]?.available).toBe(available);
  });

  it('answers from memory whatever the order of members, units and ids, and never after a change', async () => {
    const cache = app.app.get(ResponseCache);
    const units = [
      { id: 'ADULT_12~99', quantity: 1 },
      { id: 'CHILD_3~11', quantity: 1 },
    ];
    await items({ ...QUERY, localDate: DATE, units });
    const { hits } = cache.counts;
    await items({ units: units.toReversed(), localDate: DATE, optionId: 'DEFAULT', productId: String(ID), unknown: 1 });
    expect(cache.counts.hits).toBe(hits + 1);
    const [before] = await items();
    expect(before?.vacancies).toBe(0);
    const ofDate = async () => (await items()).filter(({ localDateTimeStart }) => localDateTimeStart.startsWith(DATE));
    expect((await ofDate())[0]?.vacancies).toBe(10);
    sandbox.setTruth(ID, DATE, [slotAt(DATE, '11:00', { remaining: 4 }), slotAt(DATE, '13:00')]);
    await makeDue(app.prisma, ID, DATE, app.clock.now());
    await app.syncUntilIdle();
    await until('the change is served', async () => (await ofDate())[0]?.vacancies === 4);
    expect((await ofDate()).map(({ vacancies }) => vacancies)).toEqual([4, 10]);
  });

  it('has other prices for a client without the capability: none', async () => {
    const without = (await reseller(app, { 'octo-capabilities': '' }).post('/availability', RANGE)) as Item[];
    expect(without.map(({ id }) => id)).toEqual((await items()).map(({ id }) => id));
    expect(without.some((item) => 'unitPricing' in item || 'pricing' in item)).toBe(false);
  });

  it('goes on selling a day past its max age, and not one of twice that age', async () => {
    const ofDate = { ...QUERY, localDate: '2026-03-05' };
    app.clock.advance(46 * HOUR);
    expect((await items(ofDate)).map(({ available }) => available)).toEqual([true, true]);
    app.clock.advance(3 * HOUR);
    expect((await items(ofDate)).map(({ available, status }) => [available, status])).toEqual(
      Array(2).fill([false, 'CLOSED']),
    );
    expect((await headersOf(ofDate)).get('slotmirror-too-old-dates')).toBe('2026-03-05');
    // The tier of this one lets it be twice as old.
    const far = await items({ ...QUERY, localDate: LAST });
    expect(far.map(({ available }) => available)).toEqual([true, true]);
  });
});
