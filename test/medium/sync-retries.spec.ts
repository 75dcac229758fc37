import { afterEach, describe, expect, it } from '@jest/globals';
import { arrivalsByDay, gaps } from '../setup/arrivals.js';
import { dayRow } from '../setup/day-row.js';
import { Replicas } from '../setup/replicas.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

const ID = 16;

const START = Date.parse('2026-03-02T04:00:00.000Z');

/** From ten seconds, doubling, to half an hour. */
function fullBackoff(failures: number): number {
  return Math.min(1_800_000, 10_000 * 2 ** Math.max(0, failures - 1));
}

describe('A day that fails again and again', () => {
  let app: TestApp;

  afterEach(() => app.close());

  it('is asked for ever more seldom, up to every half hour, and the others as often as always', async () => {
    app = await startTestApp({
      env: { EXPERIENCES: String(ID), SYNC_TIERS: '2:4h' },
      clock: new TestClock(new Date(START)),
    });
    const date = '2026-03-03';
    app.partner.addFault({ kind: 'status', status: 500, date });
    await app.syncUntilIdle();
    while (app.clock.now().getTime() < START + 4 * 3_600_000) {
      const { attempts } = await dayRow(app.prisma, ID, date);
      app.clock.advance(Math.max(1_100, fullBackoff(attempts) / 12));
      await app.tick();
    }
    const arrivals = arrivalsByDay(app.partner.requests());
    const between = gaps(arrivals.get(`${ID}/${date}`) ?? []);
    expect(between.length).toBeGreaterThanOrEqual(13);
    between.forEach((gap, i) => {
      expect(gap).toBeGreaterThanOrEqual(fullBackoff(i + 1) / 2);
      expect(gap).toBeLessThanOrEqual(fullBackoff(i + 1) * 1.2);
    });
    expect(new Set(between.slice(-4)).size).toBeGreaterThan(1);
    expect(arrivals.get(`${ID}/2026-03-02`)).toHaveLength(2);
  });
});

describe('Days that fail', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  it('do not keep the others waiting, whether it is a third of all or a whole experience', async () => {
    replicas = await Replicas.create({
      ...{ EXPERIENCES: '16,17', SYNC_TIERS: '15:24h', SUPPLIER_REQUESTS_PER_MINUTE: '30' },
    });
    const app = await replicas.start();
    replicas.partner.addFault({ kind: 'status', status: 500, experienceId: 17 });
    replicas.partner.addFault({ kind: 'truncated', share: 1 / 3 });
    await replicas.run(3.5);
    const confirmed = await app.prisma.day.groupBy({
      by: ['experienceId'],
      where: { confirmedAt: { not: null } },
      _count: true,
    });
    expect(confirmed).toEqual([{ experienceId: 16, _count: 15 }]);
    replicas.partner.clearFaults();
    await replicas.run(5);
    expect(await app.prisma.day.count({ where: { confirmedAt: null } })).toBe(0);
  });
});
