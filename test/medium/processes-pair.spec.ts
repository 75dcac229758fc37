import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrivalsByDay, mostWithin } from '../setup/arrivals.js';
import { Deployment } from '../setup/deployment.js';
import type { MirrorProcess } from '../setup/mirror-process.js';
import { pauseSync, resumeSync, syncStatus } from '../setup/sync-api.js';
import { until } from '../setup/until.js';

const LATENCY_MS = 300;
const ENV = {
  EXPERIENCES: '14,15,16,17,18',
  SYNC_TIERS: '61:24h',
  SUPPLIER_REQUESTS_PER_MINUTE: '600',
  // 14 hours ahead of UTC, and 26 ahead of one of the processes: there it is never the same date.
  DEFAULT_TIME_ZONE: 'Pacific/Kiritimati',
};

describe('Two processes on one database', () => {
  let deployment: Deployment;
  let one: MirrorProcess;
  let other: MirrorProcess;

  beforeAll(async () => {
    deployment = await Deployment.create(ENV, LATENCY_MS);
    [one, other] = await Promise.all([
      deployment.start({ TZ: 'Etc/GMT+12' }),
      deployment.start({ TZ: 'Asia/Kolkata', NODE_ENV: 'production' }),
    ]);
    await until('both work', () => deployment.requests().length >= 80);
  });
  afterAll(() => deployment.close());

  const asked = (): number => deployment.requests().length;

  it('ask for the same dates, whatever their TZ, and for no day twice', async () => {
    const byDay = arrivalsByDay(deployment.requests());
    expect([...byDay.values()].filter((arrivals) => arrivals.length > 1)).toEqual([]);
    const today = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
    expect(deployment.requests().filter(({ date }) => date === null || date < today)).toEqual([]);
    expect(await deployment.count(`date = '${today}'`)).toBe(5);
    expect(await deployment.count(`date < '${today}'`)).toBe(0);
    expect(deployment.askedTwiceAtOnce(LATENCY_MS)).toEqual([]);
  });

  it('keep to the budget together, and both have a part in it', async () => {
    const arrivals = deployment.requests().map(({ at }) => at);
    expect(mostWithin(60_000, arrivals)).toBeLessThanOrEqual(600);
    expect(mostWithin(5_000, arrivals)).toBeLessThanOrEqual(56);
    await until('both have told of a run', async () => {
      const { runs } = await syncStatus(one);
      return new Set(runs.filter(({ requested }) => requested > 0).map(({ instance }) => instance)).size === 2;
    });
  });

  it('both stop within two seconds when either is told to pause, and go on when either is told to resume', async () => {
    await pauseSync(one, 'a test');
    const paused = Date.now();
    await until(
      'what was in flight is recorded',
      async () => (await deployment.count('leased_until is not null')) === 0,
    );
    await until('two seconds are over', () => Date.now() > paused + 2_000);
    const atRest = asked();
    await until('another two are over', () => Date.now() > paused + 4_000);
    expect(asked()).toBe(atRest);
    expect(await syncStatus(other)).toMatchObject({ state: 'paused', reason: 'a test' });
    expect(await deployment.count('confirmed_at is not null')).toBe(atRest);
    await resumeSync(other);
    await until('they go on', () => asked() > atRest + 10);
  });

  it('end in order on SIGTERM: what is in flight is recorded, nothing new is asked, the runs are closed', async () => {
    await one.terminate();
    const others = asked();
    await until('the other one goes on alone', () => asked() > others + 5);
    const exit = await other.terminate();
    const last = asked();
    expect(exit.code === 0 || exit.signal === 'SIGTERM').toBe(true);
    expect(await deployment.count('leased_until is not null')).toBe(0);
    expect(await deployment.count('attempts > 0')).toBe(0);
    expect(await deployment.count('confirmed_at is not null')).toBe(last);
    expect(await deployment.wrongDays()).toEqual([]);
    expect(await deployment.runs()).toEqual({ requested: last, open: 0 });
    expect(asked()).toBe(last);
    for (const { output } of [one, other]) expect(output).not.toMatch(/error|unhandled|exception/i);
  });
});
