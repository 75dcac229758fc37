import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import { ADMIN_KEY, SUPPLIER_KEY } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';
import { createTestDatabase } from '../setup/test-database.js';

interface Told {
  /** The process's own offset from UTC, minutes: proof that its TZ was really another. */
  zone: number;
  answers: { now: string; path: string; statusCode: number; body: string }[];
  days: { experience_id: number; date: string }[];
}

const SCRIPT = path.resolve(import.meta.dirname, 'support/mirror-under-tz.mjs');

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
          // Audits are drawn at random.
          AUDIT_SHARE: '0',
        },
        zones: { 15: 'America/New_York', 16: 'Pacific/Kiritimati' },
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
  });
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
