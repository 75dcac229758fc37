import { afterEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { DayQueue } from '../../src/sync/schedule/day-queue.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { Replicas } from '../setup/replicas.js';
import { pauseSync, readSlots } from '../setup/sync-api.js';
import type { TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const ID = 16;
const HOUR_MS = 3_600_000;
const PACE_MS = 2_050;
/** Ten days after the start. */
const FAR = '2026-03-12';
const ENV = {
  EXPERIENCES: String(ID),
  SYNC_TIERS: '20:24h',
  SUPPLIER_REQUESTS_PER_MINUTE: '30',
  READ_THROUGH_WAIT: '20s',
};

describe('Demand fetch: a day that was never fetched', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<TestApp> => {
    replicas = await Replicas.create({ ...ENV, ...env }, { sandboxOptions: { speed: 0 } });
    return replicas.start();
  };
  /** What the budget would allow next. */
  const next = async (app: TestApp): Promise<void> => {
    replicas.clock.advance(PACE_MS);
    await app.tick();
  };
  const asked = (date: string): number => replicas.sandbox.requests().filter((sent) => sent.date === date).length;
  const isWanted = async (app: TestApp, date: string): Promise<boolean> => {
    const day = await app.prisma.day.findFirst({ where: { date: new Date(date) } });
    return day?.requestedAt != null;
  };

  it('is fetched next, and the reader waits for it', async () => {
    const app = await start();
    await app.tick();
    expect(asked(FAR)).toBe(0);
    const answer = readSlots(app, ID, FAR);
    await until('the day is wanted', () => isWanted(app, FAR));
    for (let i = 0; i < 5 && asked(FAR) === 0; i++) await next(app);
    expect(await answer).toMatchObject({ status: 200, body: { slots: expect.any(Array) as unknown } });
    // Within its share of a fifth it takes at most the fifth request.
    expect(asked(FAR)).toBe(1);
    expect(await isWanted(app, FAR)).toBe(false);
  });

  it('is fetched once for all readers on all replicas', async () => {
    const app = await start();
    const other = await replicas.start();
    await app.tick();
    const answers = [app, other, app, other, other].map((replica) => readSlots(replica, ID, FAR));
    await until('the day is wanted', () => isWanted(app, FAR));
    for (let i = 0; i < 5; i++) {
      await next(app);
      await next(other);
    }
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(asked(FAR)).toBe(1);
  });

  it('is answered 503 when the wait is over, and stays wanted', async () => {
    const app = await start({ READ_THROUGH_WAIT: '50ms' });
    await app.tick();
    expect(await readSlots(app, ID, FAR)).toMatchObject({ status: 503, body: { code: 'NOT_SYNCED_YET' } });
    expect(await isWanted(app, FAR)).toBe(true);
  });

  it('is not waited for while the sync is paused, and the answer says so', async () => {
    const app = await start();
    await app.tick();
    await pauseSync(app);
    const { status, body } = await readSlots(app, ID, FAR);
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'NOT_SYNCED_YET', detail: expect.stringContaining('paused') as unknown });
    await next(app);
    expect(asked(FAR)).toBe(0);
    expect(await isWanted(app, FAR)).toBe(false);
  });

  it('is not waited for while its experience is paused', async () => {
    const app = await start();
    await app.tick();
    await app.prisma.experience.updateMany({ data: { pausedAt: replicas.clock.now() } });
    expect((await readSlots(app, ID, FAR)).status).toBe(503);
  });
});

describe('Read-through: a day past its promise', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  const start = async (): Promise<TestApp> => {
    const env = { ...ENV, SUPPLIER_REQUESTS_PER_MINUTE: '60000' };
    replicas = await Replicas.create(env, { sandboxOptions: { speed: 0 } });
    for (let day = 2; day < 23; day++) {
      const date = `2026-03-${String(day).padStart(2, '0')}`;
      replicas.sandbox.setTruth(ID, date, [sandboxSlot({ startDate: date })]);
    }
    const app = await replicas.start();
    await app.syncUntilIdle();
    return app;
  };
  const read = (app: TestApp, date: string) => request(app.url).get(`/api/v1/experience/${ID}/slots?date=${date}`);

  it('is answered at once as it was, and fetched before the others that are due', async () => {
    const filled = await start();
    await replicas.stop(filled);
    const app = await replicas.start({ env: { SUPPLIER_REQUESTS_PER_MINUTE: '30' } });
    replicas.clock.advance(25 * HOUR_MS);
    replicas.sandbox.clearRequests();
    const answer = await read(app, FAR);
    const { status, headers } = answer;
    const body = answer.body as { asOf: string };
    expect(status).toBe(200);
    expect(headers['cache-control']).toContain('max-age=0');
    expect(headers).not.toHaveProperty('sync-state');
    expect(new Date(body.asOf).getTime()).toBeLessThan(replicas.clock.now().getTime() - 24 * HOUR_MS);
    for (let i = 0; i < 5; i++) {
      replicas.clock.advance(PACE_MS);
      await app.tick();
    }
    // Within its share of a fifth; it is the tenth of those that are due.
    expect(replicas.sandbox.requests().map(({ date }) => date)).toContain(FAR);
  });

  it('is not fetched while the sync is paused, and the answer says so', async () => {
    const app = await start();
    await pauseSync(app);
    replicas.clock.advance(25 * HOUR_MS);
    replicas.sandbox.clearRequests();
    const { status, headers } = await read(app, FAR);
    expect(status).toBe(200);
    expect(headers['sync-state']).toBe('paused');
    await app.tick();
    expect(replicas.sandbox.requests()).toEqual([]);
  });

  it('counts only when it is nearly worth its request, where the budget does not keep all max ages', async () => {
    const { app, prisma } = await start();
    const now = replicas.clock.now();
    const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);
    const waiting = { requestedAt: now, intervalClass: 5 };
    const [EARLY, LATE] = ['2026-03-10', '2026-03-11'];
    const set = (date: string, data: object) => prisma.day.updateMany({ where: { date: new Date(date) }, data });
    await set(EARLY, { ...waiting, confirmedAt: minutes(-60), refreshAt: minutes(40) });
    await set(LATE, { ...waiting, confirmedAt: minutes(-90), refreshAt: minutes(10) });
    const requested = async (keepsMaxAges: boolean): Promise<readonly string[]> => {
      const found = await app.get(DayQueue).candidates(prisma, {
        ...{ supplier: 'leap', now, limit: 10, requestedSince: minutes(-1), keepsMaxAges, oldBefore: minutes(-9_000) },
        ...{ longestLease: minutes(1), longestRest: minutes(1), failedLately: now, experiences: 1, unanswered: [] },
      });
      return found.filter(({ lane }) => lane === 'demand').map(({ date }) => date);
    };
    expect([...(await requested(true))].sort()).toEqual([EARLY, LATE]);
    expect(await requested(false)).toEqual([LATE]);
  });

  it('takes no more than the share of readers while there is other work', async () => {
    const app = await start();
    replicas.clock.advance(25 * HOUR_MS);
    await replicas.stop(app);
    const slow = await replicas.start({ env: { SUPPLIER_REQUESTS_PER_MINUTE: '30', READ_THROUGH_SHARE: '25%' } });
    const wanted = Array.from({ length: 8 }, (_, i) => `2026-03-${14 + i}`);
    await Promise.all(wanted.map((date) => read(slow, date)));
    // The other days are due before them.
    await slow.prisma.day.updateMany({
      where: { requestedAt: null },
      data: { dueAt: new Date(replicas.clock.now().getTime() - 2 * HOUR_MS) },
    });
    replicas.sandbox.clearRequests();
    for (let i = 0; i < 8; i++) {
      replicas.clock.advance(PACE_MS);
      await slow.tick();
    }
    const dates = replicas.sandbox.requests().map(({ date }) => date);
    expect(dates).toHaveLength(8);
    // Two of eight requests are the readers'.
    expect(dates.filter((date) => date !== null && wanted.includes(date))).toHaveLength(2);
  });
});
