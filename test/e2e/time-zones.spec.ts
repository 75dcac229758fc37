import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import request from 'supertest';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import { ADMIN_KEY, startTestApp, SUPPLIER_KEY, type TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';
import { createTestDatabase } from '../setup/test-database.js';

interface Told {
  /** The process's own offset from UTC, minutes: proof that its TZ was really another. */
  zone: number;
  answers: { now: string; path: string; statusCode: number; body: string }[];
  days: { experience_id: number; date: string }[];
}

const SCRIPT = path.resolve(import.meta.dirname, 'support/mirror-under-tz.mjs');
const NEW_YORK = 'America/New_York';

describe('the TZ of the process', () => {
  const clock = new TestClock('2026-03-08T04:00:00.000Z');
  const sandbox = new SandboxSupplier({
    apiKey: SUPPLIER_KEY,
    requestsPerMinute: 1_000_000,
    now: () => clock.now().getTime(),
  });
  const told = new Map<string, Told>();

  async function mirrorUnder(TZ: string, supplierUrl: string): Promise<Told> {
    const database = await createTestDatabase();
    try {
      const task = {
        env: {
          ...{ TICKETE_API_KEY: SUPPLIER_KEY, ADMIN_API_KEY: ADMIN_KEY, SUPPLIER_REQUESTS_PER_MINUTE: '60000' },
          ...{
            EXPERIENCES: '14,15,16',
            SYNC_TIERS: '1:15m,4:4h',
            SUPPLIER_URL: supplierUrl,
            DATABASE_URL: database.url,
          },
          READ_THROUGH_WAIT: '0s',
        },
        zones: { 15: NEW_YORK, 16: 'Pacific/Kiritimati' },
        // Around midnight in New York (a day of 23 hours begins), in Singapore, and when clocks go forward.
        start: '2026-03-08T04:50:00.000Z',
        instants: [
          '2026-03-08T04:50:00Z',
          '2026-03-08T05:01:00Z',
          '2026-03-08T07:01:00Z',
          '2026-03-08T16:01:00Z',
          '2026-03-09T04:01:00Z',
        ],
        paths: [14, 15, 16].flatMap((id) => [
          `/api/v1/experience/${id}/dates`,
          ...['2026-03-07', '2026-03-08', '2026-03-09', '2026-03-12'].map(
            (date) => `/api/v1/experience/${id}/slots?date=${date}`,
          ),
        ]),
      };
      const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, JSON.stringify(task)], {
        env: { PATH: process.env['PATH'], TZ },
        maxBuffer: 64 * 1024 * 1024,
      });
      return JSON.parse(stdout) as Told;
    } finally {
      await database.drop();
    }
  }

  beforeAll(async () => {
    const url = await sandbox.start();
    const zones = ['UTC', 'America/Los_Angeles', 'Asia/Kolkata'];
    const all = await Promise.all(zones.map((zone) => mirrorUnder(zone, url)));
    zones.forEach((zone, i) => told.set(zone, all[i] as Told));
  }, 150_000);
  afterAll(() => sandbox.stop());

  it('is another one in each of the compared processes', () => {
    expect([...told.values()].map(({ zone }) => zone)).toEqual([0, 420, -330]);
  });

  it('is UTC in a process that answers what the contract says', () => {
    const { answers } = told.get('UTC') as Told;
    const from = (id: number) =>
      answers
        .filter((answer) => answer.path === `/api/v1/experience/${id}/dates`)
        .map(({ body }) => (JSON.parse(body) as { from: string }).from);
    expect(from(14)).toEqual(['2026-03-08', '2026-03-08', '2026-03-08', '2026-03-09', '2026-03-09']);
    expect(from(15)).toEqual(['2026-03-07', '2026-03-08', '2026-03-08', '2026-03-08', '2026-03-09']);
    expect(from(16)).toEqual(['2026-03-08', '2026-03-08', '2026-03-08', '2026-03-09', '2026-03-09']);
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 404]));
  });

  it.each(['America/Los_Angeles', 'Asia/Kolkata'])(
    'changes neither what is stored nor what is answered: %s',
    (zone) => {
      const [utc, other] = [told.get('UTC') as Told, told.get(zone) as Told];
      expect(other.days).toEqual(utc.days);
      expect(other.answers).toEqual(utc.answers);
    },
  );
});

describe('the local today of an experience', () => {
  let app: TestApp;
  const clock = new TestClock('2026-03-07T12:00:00.000Z');

  beforeAll(async () => {
    app = await startTestApp({ clock, env: { EXPERIENCES: '14,15,16,17,18', SYNC_TIERS: '3:4h' } });
    const zones = { 15: NEW_YORK, 16: 'Asia/Beirut', 17: 'Pacific/Kiritimati', 18: 'Pacific/Pago_Pago' };
    for (const [id, timeZone] of Object.entries(zones)) {
      await app.prisma.experience.update({ where: { id: Number(id) }, data: { timeZone } });
    }
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  async function todayOf(id: number): Promise<string> {
    return ((await request(app.url).get(`/api/v1/experience/${id}/dates`)).body as { from: string }).from;
  }

  async function daysAt(
    id: number,
    instant: string,
  ): Promise<{ status: number; from: string; to: string; unknown: string[] }> {
    clock.set(instant);
    await app.syncUntilIdle();
    const response = await request(app.url).get(`/api/v1/experience/${id}/dates`);
    return { status: response.status, ...(response.body as { from: string; to: string; unknown: string[] }) };
  }

  it.each([
    ['in Singapore', 14, '2026-03-07T16:00:00.000Z', '2026-03-07', '2026-03-08'],
    ['in New York, in winter', 15, '2026-03-08T05:00:00.000Z', '2026-03-07', '2026-03-08'],
    [
      'in New York, in the night after the clocks went forward',
      15,
      '2026-03-09T04:00:00.000Z',
      '2026-03-08',
      '2026-03-09',
    ],
    [
      'in New York, in the night after the clocks went back',
      15,
      '2026-11-02T05:00:00.000Z',
      '2026-11-01',
      '2026-11-02',
    ],
    [
      'in Beirut, where the clocks skip from midnight to one',
      16,
      '2026-03-28T22:00:00.000Z',
      '2026-03-28',
      '2026-03-29',
    ],
    ['on Kiritimati, first of all', 17, '2026-03-07T10:00:00.000Z', '2026-03-07', '2026-03-08'],
    ['in Pago Pago, last of all', 18, '2026-03-08T11:00:00.000Z', '2026-03-07', '2026-03-08'],
  ])('begins at midnight %s', async (_where, id, midnight, before, after) => {
    clock.set(new Date(Date.parse(midnight) - 1));
    expect(await todayOf(id)).toBe(before);
    clock.set(midnight);
    expect(await todayOf(id)).toBe(after);
  });

  it('moves the window of slots that may be asked for', async () => {
    const statusAt = async (instant: string, date: string) => {
      clock.set(instant);
      return (await request(app.url).get(`/api/v1/experience/15/slots?date=${date}`)).status;
    };
    expect(await statusAt('2026-03-09T03:59:59.999Z', '2026-03-08')).not.toBe(404);
    expect(await statusAt('2026-03-09T04:00:00.000Z', '2026-03-08')).toBe(404);
    expect(await statusAt('2026-03-09T03:59:59.999Z', '2026-03-11')).toBe(404);
    expect(await statusAt('2026-03-09T04:00:00.000Z', '2026-03-11')).not.toBe(404);
  });

  it('neither skips nor repeats a date when the clocks change, and every day of the window is fetched', async () => {
    for (const [instant, from, to] of [
      ['2026-03-08T04:30:00Z', '2026-03-07', '2026-03-10'],
      ['2026-03-08T05:00:10Z', '2026-03-08', '2026-03-11'],
      ['2026-03-08T07:00:10Z', '2026-03-08', '2026-03-11'],
      ['2026-03-09T04:00:10Z', '2026-03-09', '2026-03-12'],
      ['2026-11-01T04:00:10Z', '2026-11-01', '2026-11-04'],
      ['2026-11-01T05:30:00Z', '2026-11-01', '2026-11-04'],
      ['2026-11-01T06:30:00Z', '2026-11-01', '2026-11-04'],
      ['2026-11-02T05:00:10Z', '2026-11-02', '2026-11-05'],
    ] as const) {
      expect(await daysAt(15, instant)).toMatchObject({ status: 200, from, to, unknown: [] });
    }
  });
});
