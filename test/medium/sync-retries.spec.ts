import { afterEach, describe, expect, it } from '@jest/globals';
import { arrivalsByDay } from '../setup/arrivals.js';
import { dayRow } from '../setup/day-row.js';
import { Replicas } from '../setup/replicas.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

const ID = 16;
const DATE = '2026-03-03';

const START = Date.parse('2026-03-02T04:00:00.000Z');
const MINUTE_MS = 60_000;

describe('A day that fails for good', () => {
  let app: TestApp;

  afterEach(() => app.close());

  /** Three experiences, whose days are worth the whole budget. */
  const failing = async (status: number): Promise<void> => {
    app = await startTestApp({
      env: { MIN_VALUE: '0', EXPERIENCES: '14,15,16', SYNC_TIERS: '4:24h', SUPPLIER_REQUESTS_PER_MINUTE: '30' },
      clock: new TestClock(new Date(START)),
    });
    app.sandbox.addFault({ kind: 'status', status, date: DATE, experienceId: ID });
  };
  const pass = async (ms: number): Promise<void> => {
    for (const end = app.clock.now().getTime() + ms; app.clock.now().getTime() < end;) {
      app.clock.advance(1_100);
      await app.tick();
    }
  };

  it.each([500, 422])(
    '(%i) takes hardly more than a twentieth of the budget, and is asked for within a minute after it is well',
    async (status) => {
      await failing(status);
      await pass(5 * MINUTE_MS);
      const requests = app.sandbox.requests();
      const ofDay = arrivalsByDay(requests).get(`${ID}/${DATE}`)?.length ?? 0;
      // The budget is used up, as far as a look every 1.1 s allows.
      expect(requests.length).toBeGreaterThanOrEqual(118);
      // Every 41 s, a little sooner by chance; and its own first tries, where it may be the supplier's trouble.
      expect(ofDay).toBeGreaterThanOrEqual(6);
      expect(ofDay).toBeLessThanOrEqual(13);
      app.sandbox.clearFaults();
      await pass(MINUTE_MS);
      expect(await dayRow(app.prisma, ID, DATE)).toMatchObject({ attempts: 0, failedAt: null });
    },
  );
});

describe('Days that fail', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  it('do not keep the others waiting, whether it is a third of all or a whole experience', async () => {
    replicas = await Replicas.create({
      ...{ EXPERIENCES: '16,17', SYNC_TIERS: '15:24h', SUPPLIER_REQUESTS_PER_MINUTE: '30' },
    });
    const app = await replicas.start();
    replicas.sandbox.addFault({ kind: 'status', status: 500, experienceId: 17 });
    replicas.sandbox.addFault({ kind: 'truncated', share: 1 / 3 });
    await replicas.run(3.5);
    const confirmed = await app.prisma.day.groupBy({
      by: ['experienceId'],
      where: { confirmedAt: { not: null } },
      _count: true,
    });
    expect(confirmed).toEqual([{ experienceId: 16, _count: 15 }]);
    replicas.sandbox.clearFaults();
    await replicas.run(5);
    expect(await app.prisma.day.count({ where: { confirmedAt: null } })).toBe(0);
  });
});
