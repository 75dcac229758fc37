import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Replicas } from '../setup/replicas.js';
import { readSlots } from '../setup/sync-api.js';
import type { TestApp } from '../setup/test-app.js';

const TIMEOUT_MS = 120_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ID = 14;
const WINDOW = 4;

describe('Reads by date', () => {
  let replicas: Replicas;
  let app: TestApp;

  beforeEach(async () => {
    replicas = await Replicas.create(
      { EXPERIENCES: String(ID), SYNC_TIERS: `${WINDOW}:24h` },
      { sandboxOptions: { speed: 0 } },
    );
    app = await replicas.start();
    for (let i = 0; i < WINDOW; i++) {
      replicas.clock.advance(2_050);
      await app.tick();
    }
  });
  afterEach(() => replicas.close());

  /** In Singapore. */
  const dateIn = (days: number): string =>
    new Date(replicas.clock.now().getTime() + 8 * HOUR_MS + days * DAY_MS).toISOString().slice(0, 10);
  const read = async (of: TestApp, lead: number, times: number): Promise<void> => {
    for (let i = 0; i < times; i++) expect((await readSlots(of, ID, dateIn(lead))).status).toBe(200);
  };
  const rows = () => app.prisma.dayReads.findMany({ orderBy: { date: 'asc' } });
  const experience = () => app.prisma.experienceRates.findUniqueOrThrow({ where: { experienceId: ID } });

  it(
    'are stored by date, by all replicas together; a calendar is counted once for all its dates',
    async () => {
      const other = await replicas.start();
      await read(app, 1, 3);
      await read(other, 1, 2);
      await read(other, 2, 1);
      for (let i = 0; i < 2; i++) await fetch(`${app.url}/api/v1/experience/${ID}/dates`);
      await app.sync.everyFiveSeconds();
      await other.sync.everyFiveSeconds();
      expect(
        (await rows()).map(({ date, reads, unjudged }) => [date.toISOString().slice(0, 10), reads, unjudged]),
      ).toEqual([
        [dateIn(1), 5, 5],
        [dateIn(2), 1, 1],
      ]);
      const { reads, calendarReads, calendars } = await experience();
      expect({ reads, calendarReads, calendars }).toEqual({ reads: 8, calendarReads: 2, calendars: 2 });
    },
    TIMEOUT_MS,
  );

  it(
    'fade by 7 % a day, but not those that no confirmation has judged so far; their mean instant is kept',
    async () => {
      await read(app, 2, 10);
      await app.sync.everyFiveSeconds();
      replicas.clock.advance(DAY_MS);
      await app.sync.everyFiveSeconds();
      await read(app, 1, 10);
      await app.sync.everyFiveSeconds();
      const [row] = await rows();
      expect(row?.reads).toBeCloseTo(10 * 0.93 + 10, 1);
      expect(row?.unjudged).toBe(20);
      const aheadMs = ((row?.unjudgedAhead ?? 0) / 20) * 1_000;
      const meanAt = (row?.date.getTime() ?? 0) - aheadMs;
      expect(Math.abs(meanAt - (replicas.clock.now().getTime() - DAY_MS / 2))).toBeLessThan(10_000);
    },
    TIMEOUT_MS,
  );

  it(
    'are deleted with their days, and counted later if they could not be stored',
    async () => {
      await app.prisma.$executeRaw`ALTER TABLE day_reads RENAME TO day_reads_away`;
      await read(app, 1, 2);
      await app.sync.everyFiveSeconds();
      await app.prisma.$executeRaw`ALTER TABLE day_reads_away RENAME TO day_reads`;
      await read(app, 1, 1);
      await app.sync.everyFiveSeconds();
      expect(await rows()).toMatchObject([{ reads: 3 }]);
      await app.prisma.day.deleteMany({});
      expect(await rows()).toEqual([]);
      // What was counted for a day that is gone by now is left out, and the rest is stored.
      await read(app, 1, 1).catch(() => undefined);
      await app.sync.everyFiveSeconds();
      expect(await rows()).toEqual([]);
      expect((await experience()).reads).toBeGreaterThanOrEqual(3);
    },
    TIMEOUT_MS,
  );
});
