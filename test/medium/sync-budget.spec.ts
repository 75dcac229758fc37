import { afterEach, describe, expect, it } from '@jest/globals';
import { arrivalsByDay, gaps, mostInAnyMinute } from '../setup/arrivals.js';
import { inTurn, Replicas, together } from '../setup/replicas.js';

const HOUR_MS = 3_600_000;
/** Five experiences and the whole window: work for ten minutes at the default rate. */
const ENV = { EXPERIENCES: '14,15,16,17,18', SUPPLIER_REQUESTS_PER_MINUTE: '30' };

describe('The budget', () => {
  let replicas: Replicas;

  const mirror = async (env: Readonly<Record<string, string>> = {}): Promise<Replicas> => {
    replicas = await Replicas.create({ ...ENV, ...env });
    return replicas;
  };
  afterEach(() => replicas.close());

  it.each([
    { perMinute: 30, minutes: 2 },
    { perMinute: 6, minutes: 5 },
  ])('of $perMinute a minute is never exceeded, used to 97 % while there is work, and spread evenly', async (rate) => {
    const { sandbox } = await mirror({ SUPPLIER_REQUESTS_PER_MINUTE: String(rate.perMinute) });
    await replicas.start();
    await replicas.run(rate.minutes);
    const requests = sandbox.requests();
    expect(mostInAnyMinute(requests)).toBeLessThanOrEqual(rate.perMinute);
    expect(requests.length).toBeGreaterThanOrEqual(0.97 * rate.perMinute * rate.minutes);
    const even = 60_000 / rate.perMinute;
    const between = gaps(requests.map(({ at }) => at));
    expect(Math.min(...between)).toBeGreaterThanOrEqual(0.95 * even);
    expect(Math.max(...between)).toBeLessThanOrEqual(1.1 * even);
  });

  it('of 300 a minute is used to 97 %, two requests at a time', async () => {
    const { sandbox } = await mirror({ SUPPLIER_REQUESTS_PER_MINUTE: '300' });
    await replicas.start();
    await replicas.run(1);
    const requests = sandbox.requests();
    expect(mostInAnyMinute(requests)).toBeLessThanOrEqual(300);
    expect(requests.length).toBeGreaterThanOrEqual(0.97 * 300);
    const sentTogether = gaps(requests.map(({ at }) => at)).filter((gap) => gap === 0);
    expect(sentTogether.length).toBeGreaterThan(0.45 * requests.length);
  });

  it.each([
    { how: 'at the same instants', turn: together },
    { how: 'in turns', turn: inTurn },
  ])('holds for two replicas together that tick $how, and each day is asked once', async ({ turn }) => {
    const { sandbox } = await mirror();
    await replicas.start();
    await replicas.start();
    await replicas.run(2, turn);
    const requests = sandbox.requests();
    expect(mostInAnyMinute(requests)).toBeLessThanOrEqual(30);
    expect(requests.length).toBeGreaterThanOrEqual(0.97 * 30 * 2);
    expect([...arrivalsByDay(requests).values()].filter((arrivals) => arrivals.length > 1)).toEqual([]);
  });

  it('leaves neither of two replicas without work', async () => {
    await mirror();
    const apps = [await replicas.start(), await replicas.start()];
    await replicas.run(1, inTurn);
    await Promise.all(apps.map((app) => app.sync.everyFiveSeconds()));
    const runs = await apps[0]?.prisma.syncRun.groupBy({ by: ['instance'], _sum: { requested: true } });
    expect(runs).toHaveLength(2);
    for (const each of runs ?? []) expect(each._sum.requested).toBeGreaterThanOrEqual(10);
  });

  it('holds across restarts, at whatever moment of the pace they come', async () => {
    const { sandbox } = await mirror();
    const minutes = [0.1, 0.505, 0.7, 0.015, 0.76, 0.333];
    for (const each of minutes) {
      const app = await replicas.start();
      await replicas.run(each);
      await replicas.stop(app);
    }
    const requests = sandbox.requests();
    expect(mostInAnyMinute(requests)).toBeLessThanOrEqual(30);
    expect(Math.min(...gaps(requests.map(({ at }) => at)))).toBeGreaterThanOrEqual(1_900);
    expect(requests.length).toBeGreaterThanOrEqual(0.97 * 30 * minutes.reduce((sum, each) => sum + each));
  });

  it('is not saved up: the minute after an hour of silence holds no more than any other', async () => {
    const { clock, sandbox } = await mirror();
    await replicas.start();
    await replicas.run(1);
    clock.advance(HOUR_MS);
    await replicas.run(1);
    expect(mostInAnyMinute(sandbox.requests())).toBeLessThanOrEqual(30);
    expect(Math.min(...gaps(sandbox.requests().map(({ at }) => at)))).toBeGreaterThanOrEqual(1_700);
  });

  it('is not spent on a day whose request is under way, whoever has time for one', async () => {
    const { clock, sandbox } = await mirror({ SYNC_TIERS: '1:1s', SUPPLIER_TIMEOUT: '60s' });
    const apps = [await replicas.start(), await replicas.start()];
    sandbox.addFault({ kind: 'hang' });
    // Nothing is waited for: all requests stay open, and their leases outlive these 24 seconds.
    for (let i = 0; i < 120; i += 1) {
      clock.advance(200);
      await Promise.all(apps.map((app) => app.sync.claim()));
    }
    expect([...arrivalsByDay(sandbox.requests()).values()].map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
    await sandbox.stop();
    await Promise.all(apps.map((app) => app.sync.settled()));
  });
});
