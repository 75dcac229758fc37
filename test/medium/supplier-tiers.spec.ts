import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { DayDetail } from '../../src/sync/monitoring/day-detail.shape.js';
import type { DayMap } from '../../src/sync/monitoring/day-map.shape.js';
import type { SupplierState } from '../../src/sync/monitoring/status.shape.js';
import { LogCapture } from '../setup/log-capture.js';
import { Replicas } from '../setup/replicas.js';
import { suppliersFile } from '../setup/suppliers-file.js';
import { syncStatus } from '../setup/sync-api.js';
import { ADMIN_KEY, SUPPLIER_KEY, type TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** 06:00 in Singapore: no slot of today has started. */
const MORNING = '2026-03-01T22:00:00.000Z';
const [TODAY, TOMORROW, LAST] = ['2026-03-02', '2026-03-03', '2026-03-05'] as const;
const LEAP = 16;
const OCEAN = 30;
const SYNC_TIERS = '1:15m,4:4h';

interface Entry {
  readonly name: string;
  readonly experiences: readonly unknown[];
  readonly tiers?: string;
}
const leap: Entry = { name: 'leap', experiences: [LEAP] };
const ocean = (tiers: string): Entry => ({ name: 'ocean', experiences: [{ id: OCEAN, product: '17' }], tiers });

const clock = new TestClock(new Date(MORNING));
let replicas: Replicas;
let app: TestApp;
const files: Awaited<ReturnType<typeof suppliersFile>>[] = [];

beforeAll(async () => {
  replicas = await Replicas.create({ TICKETE_API_KEY: '', SYNC_TIERS }, { clock });
});
afterAll(async () => {
  await replicas.close();
  await Promise.all(files.map((file) => file.remove()));
});

async function start(...entries: readonly Entry[]): Promise<LogCapture> {
  const shared = { api: 'leap', url: replicas.sandboxUrl, key: SUPPLIER_KEY, requestsPerMinute: 6_000 };
  const file = await suppliersFile(entries.map((entry) => ({ ...shared, ...entry })));
  files.push(file);
  const logger = new LogCapture();
  app = await replicas.start({ env: { SUPPLIERS_FILE: file.path }, logger });
  return logger;
}

async function read<T>(path: string): Promise<T> {
  const answer = await request(app.url).get(`/api/v1/${path}`).set('authorization', `Bearer ${ADMIN_KEY}`);
  expect(answer.status).toBe(200);
  return answer.body as T;
}

/** How long a day is fresh from its confirmation on, minutes. */
async function lasts(experienceId: number, date: string): Promise<number> {
  const day = await app.prisma.day.findFirstOrThrow({ where: { experienceId, date: new Date(date) } });
  return ((day.staleAfter?.getTime() ?? NaN) - (day.confirmedAt?.getTime() ?? NaN)) / MINUTE_MS;
}

/** The dates that were requested of each product since the last time. */
function requested(): string[] {
  const asked = replicas.sandbox.requests().map(({ experienceId, date }) => `${experienceId} ${date}`);
  replicas.sandbox.clearRequests();
  return [...new Set(asked)].sort();
}

describe('two suppliers with tiers of their own', () => {
  it('have due times by their own tiers', async () => {
    await start(leap, ocean('2:1h,4:24h'));
    await app.syncUntilIdle();
    expect(await Promise.all([TODAY, TOMORROW, LAST].map((date) => lasts(LEAP, date)))).toEqual([15, 240, 240]);
    expect(await Promise.all([TODAY, TOMORROW, LAST].map((date) => lasts(OCEAN, date)))).toEqual([60, 60, 1_440]);
    const { asOf, staleAfter } = await read<{ asOf: string; staleAfter: string }>(
      `experience/${OCEAN}/slots?date=${LAST}`,
    );
    expect(Date.parse(staleAfter) - Date.parse(asOf)).toBe(24 * HOUR_MS);
  });

  it('are requested as often as their own tiers say', async () => {
    requested();
    clock.advance(59 * MINUTE_MS);
    await app.syncUntilIdle();
    expect(requested()).toEqual([`16 ${TODAY}`, `17 ${TODAY}`, `17 ${TOMORROW}`]);
  });

  it('are counted, each tier by itself, and said in the status', async () => {
    const { suppliers, freshness, plan } = await syncStatus(app);
    const within = (days: number, seconds: number) => ({ withinDays: days, maxAgeSeconds: seconds });
    expect(suppliers.map(({ tiers }) => tiers)).toEqual([
      [within(1, 900), within(4, 14_400)],
      [within(2, 3_600), within(4, 86_400)],
    ]);
    expect(suppliers.map((supplier) => supplier.freshness.tiers)).toMatchObject([
      [
        { ...within(1, 900), days: 1, fresh: 1 },
        { ...within(4, 14_400), days: 3, fresh: 3 },
      ],
      [
        { ...within(2, 3_600), days: 2, fresh: 2 },
        { ...within(4, 86_400), days: 2, fresh: 2 },
      ],
    ]);
    expect(freshness.tiers.map(({ withinDays, maxAgeSeconds, days }) => [withinDays, maxAgeSeconds, days])).toEqual([
      [1, 900, 1],
      [2, 3_600, 2],
      [4, 14_400, 3],
      [4, 86_400, 2],
    ]);
    expect(plan.tiers.map(({ maxAgeSeconds, days, neededPerDay }) => [maxAgeSeconds, days, neededPerDay])).toEqual([
      [900, 1, 96],
      [3_600, 2, 48],
      [14_400, 3, 18],
      [86_400, 2, 2],
    ]);
    expect((await read<SupplierState>('supplier/ocean')).tiers).toEqual([within(2, 3_600), within(4, 86_400)]);
  });

  it('have their own max ages in the map, and each of their days', async () => {
    const map = await read<DayMap>('sync/days');
    expect(map.promises).toEqual([900, 14_400, 14_400, 14_400]);
    expect(map.suppliers).toEqual([
      { name: 'leap', maxAges: [900, 14_400, 14_400, 14_400] },
      { name: 'ocean', maxAges: [3_600, 3_600, 86_400, 86_400] },
    ]);
    expect(map.experiences.map(({ firstMaxAge }) => firstMaxAge)).toEqual([900, 3_600]);
    const { promiseSeconds } = await read<DayDetail>(`sync/days/${OCEAN}/${TOMORROW}`);
    expect(promiseSeconds).toBe(3_600);
  });

  it('have metrics of their own; together, days and ages are added up by how far tiers reach', async () => {
    const { text } = await request(app.url).get('/metrics');
    const lines = text.split('\n');
    const value = (series: string) => Number(lines.find((line) => line.startsWith(`${series} `))?.split(' ')[1]);
    expect(value('slotmirror_supplier_max_age_seconds{supplier="ocean",within_days="4"}')).toBe(86_400);
    expect(value('slotmirror_supplier_max_age_seconds{supplier="leap",within_days="4"}')).toBe(14_400);
    expect(value('slotmirror_supplier_oldest_day_age_seconds{supplier="leap",within_days="1"}')).toBeLessThan(900);
    expect(value('slotmirror_supplier_oldest_day_age_seconds{supplier="ocean",within_days="4"}')).toBeGreaterThan(
      3_000,
    );
    expect(value('slotmirror_max_age_seconds{within_days="4"}')).toBe(86_400);
    expect(value('slotmirror_days{within_days="4",freshness="fresh"}')).toBe(5);
    expect(['1', '2', '4'].map((days) => value(`slotmirror_day_age{within_days="${days}",le="+Inf"}`))).toEqual([
      1, 2, 5,
    ]);
    expect(value('slotmirror_day_age{within_days="2",le="60"}')).toBe(2);
    expect(value('slotmirror_day_age{within_days="4",le="60"}')).toBe(0);
  });

  it('are planned anew when their tiers change, and no other', async () => {
    const before = await app.prisma.day.findMany({ where: { experienceId: LEAP } });
    await replicas.stop(app);
    requested();
    const logger = await start(leap, ocean('2:30m,4:24h'));
    await app.tick();
    expect(await Promise.all([TODAY, TOMORROW, LAST].map((date) => lasts(OCEAN, date)))).toEqual([30, 30, 1_440]);
    expect(await app.prisma.day.findMany({ where: { experienceId: LEAP } })).toEqual(before);
    expect(logger.text).toContain('The tiers of ocean changed: the due times of 4 days were computed again.');
  });

  it('are left alone at a start with the same tiers', async () => {
    await app.syncUntilIdle();
    await replicas.stop(app);
    const logger = await start(ocean('2:30m,4:24h'), { ...leap, tiers: SYNC_TIERS });
    await app.tick();
    expect(logger.text).not.toContain('were computed again');
  });
});

describe('a supplier that is taken out of the file', () => {
  it('has days by SYNC_TIERS from then on, which are still served', async () => {
    await replicas.stop(app);
    const logger = await start(leap);
    await app.tick();
    expect(logger.text).toContain('The tiers of ocean changed: the due times of 4 days were computed again.');
    expect(await Promise.all([TODAY, TOMORROW, LAST].map((date) => lasts(OCEAN, date)))).toEqual([15, 240, 240]);
    expect((await request(app.url).get(`/api/v1/experience/${OCEAN}/slots?date=${LAST}`)).status).toBe(200);
    const { freshness, suppliers } = await syncStatus(app);
    expect(freshness.tiers.map(({ withinDays, maxAgeSeconds, days }) => [withinDays, maxAgeSeconds, days])).toEqual([
      [1, 900, 2],
      [4, 14_400, 6],
    ]);
    expect(suppliers.map(({ name }) => name)).toEqual(['leap']);
    expect((await read<DayMap>('sync/days')).suppliers.map(({ name }) => name)).toEqual(['leap', 'ocean']);
  });

  it('is planned by its own tiers again when it comes back', async () => {
    await replicas.stop(app);
    await start(leap, ocean('4:6h'));
    await app.tick();
    expect(await Promise.all([TOMORROW, LAST].map((date) => lasts(OCEAN, date)))).toEqual([360, 360]);
  });
});
