import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExperienceReplan } from '../../src/sync/schedule/experience-replan.js';
import { Replicas } from '../setup/replicas.js';
import { readSlots, syncStatus } from '../setup/sync-api.js';
import type { TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Noon in Singapore. */
const NOON = Date.parse('2026-03-02T04:00:00Z');
const ENV = { EXPERIENCES: '16,17', RETENTION_DAYS: '2' };

describe('The window of mirrored days', () => {
  let replicas: Replicas;
  let app: TestApp;

  beforeEach(async () => {
    replicas = await Replicas.create(ENV, { clock: new TestClock(new Date(NOON)) });
  });
  afterEach(() => replicas.close());

  const start = async (tiers: string, env: Readonly<Record<string, string>> = {}): Promise<void> => {
    app = await replicas.start({ env: { SYNC_TIERS: tiers, ...env } });
    await app.syncUntilIdle();
  };
  const restart = async (tiers: string, env: Readonly<Record<string, string>> = {}): Promise<void> => {
    await replicas.stop(app);
    replicas.sandbox.clearRequests();
    await start(tiers, env);
  };
  /** To the same hour of a later day, with a stop just after each midnight. */
  const passDays = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      replicas.clock.advance(12 * HOUR_MS);
      await app.syncUntilIdle();
      replicas.clock.advance(12 * HOUR_MS);
      await app.syncUntilIdle();
    }
  };
  const stored = async (): Promise<string[]> => {
    const days = await app.prisma.day.findMany({ where: { experienceId: 16 }, orderBy: { date: 'asc' } });
    return days.map(({ date }) => date.toISOString().slice(0, 10));
  };
  const asked = (): string[] => [...new Set(replicas.sandbox.requests().map(({ date }) => date ?? ''))].sort();

  it('keeps past days for as long as RETENTION_DAYS says, asks for them no more, and then forgets them', async () => {
    // At noon today is due again within the quarter of an hour: at the next stop it is past.
    await start('1:15m,3:24h');
    expect(await stored()).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
    await passDays(4);
    expect(await stored()).toEqual(['2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08']);
    const past = replicas.sandbox.requests().filter(({ at, date }) => Date.parse(`${date}T24:00:00+08:00`) <= at);
    expect(past).toHaveLength(0);
    expect((await readSlots(app, 16, '2026-03-05')).body.code).toBe('DATE_NOT_COVERED');
  });

  it('grows with SYNC_TIERS at the next start', async () => {
    await start('2:24h');
    await restart('4:24h');
    expect(asked()).toEqual(['2026-03-04', '2026-03-05']);
  });

  it('plans anew when SYNC_TIERS promise more: what is now too old is asked for at once', async () => {
    await start('4:24h');
    replicas.clock.advance(2 * HOUR_MS);
    await restart('2:1h,4:24h');
    expect(asked()).toEqual(['2026-03-02', '2026-03-03']);
    expect((await syncStatus(app)).freshness.share).toBe(1);
  });

  it('plans anew when SYNC_TIERS promise less: what was due soon is left alone', async () => {
    await start('4:1h');
    replicas.clock.advance(2 * HOUR_MS);
    await restart('4:24h');
    expect(asked()).toEqual([]);
  });

  it('that became smaller asks for what is left of it, and no more', async () => {
    await start('6:24h');
    replicas.clock.advance(DAY_MS - HOUR_MS);
    await restart('2:12h');
    expect(asked()).toEqual(['2026-03-03', '2026-03-04']);
  });

  it('that became smaller moves on: the days that come into it are asked for, those that pass are retired', async () => {
    await start('6:24h');
    await restart('2:12h');
    await passDays(3);
    expect(asked()).toEqual(['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']);
    for (const { at, date } of replicas.sandbox.requests()) {
      const today = new Date(at + 8 * HOUR_MS).toISOString().slice(0, 10);
      expect([0, DAY_MS]).toContain(Date.parse(date ?? '') - Date.parse(today));
    }
    expect(await stored()).toEqual(expect.arrayContaining(['2026-03-05', '2026-03-06']));
    expect(await stored()).not.toContain('2026-03-02');
  });

  it('that became smaller gives what was never fetched beyond it no priority when priorities are computed anew', async () => {
    await start('2:12h');
    for (const date of ['2026-03-03', '2026-03-12']) {
      const key = { experienceId: 16, date: new Date(date) };
      await app.prisma.day.deleteMany({ where: key });
      await app.prisma.day.create({ data: { ...key, supplier: 'leap' } });
    }
    await app.app.get(ExperienceReplan).run(16);
    const days = await app.prisma.day.findMany({
      where: { experienceId: 16, confirmedAt: null },
      orderBy: { date: 'asc' },
    });
    expect(days.map(({ refreshValue }) => refreshValue)).toEqual([expect.any(Number), null]);
  });

  it('that became larger again takes back what it had left, at its time', async () => {
    await start('6:24h');
    await restart('2:24h');
    replicas.clock.advance(3 * HOUR_MS);
    await restart('6:1h');
    expect(asked()).toEqual(['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07']);
  });

  it('takes in an experience that is added while it runs, and one that was left out of a start', async () => {
    await start('2:24h');
    await app.prisma.experience.create({ data: { id: 18, supplier: 'leap', product: '18' } });
    replicas.clock.advance(6_000);
    await app.syncUntilIdle();
    expect((await readSlots(app, 18, '2026-03-03')).status).toBe(200);
    await restart('2:24h', { EXPERIENCES: '14' });
    expect(replicas.sandbox.requests().map(({ experienceId }) => experienceId)).toEqual([14, 14]);
  });

  it('closes the gap after a standstill of days: past dates are not asked for, today comes first', async () => {
    await start('3:24h');
    await replicas.stop(app);
    replicas.clock.set(new Date(NOON + 10 * DAY_MS));
    replicas.sandbox.clearRequests();
    await start('3:24h');
    expect(asked()).toEqual(['2026-03-12', '2026-03-13', '2026-03-14']);
    expect(await stored()).toEqual(['2026-03-12', '2026-03-13', '2026-03-14']);
  });
});
