import { afterEach, describe, expect, it } from '@jest/globals';
import { SupplierBudgets } from '../../src/sync/budget/supplier-budgets.js';
import { LogCapture } from '../setup/log-capture.js';
import { Replicas } from '../setup/replicas.js';
import { syncStatus } from '../setup/sync-api.js';
import type { TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const SECOND_MS = 1_000;
/** The requests that hang are ended by the tests, not by their timeout. */
const ENV = { EXPERIENCES: '14,15,16', SUPPLIER_REQUESTS_PER_MINUTE: '30', SUPPLIER_TIMEOUT: '60s' };
const PROBE_MS = 65 * SECOND_MS;

describe('A supplier that is out of order', () => {
  let replicas: Replicas;
  let apps: readonly [TestApp, TestApp];
  const log = new LogCapture();

  afterEach(async () => {
    await replicas.close();
    log.clear();
  });

  const pair = async (): Promise<void> => {
    replicas = await Replicas.create(ENV);
    apps = [await replicas.start({ logger: log }), await replicas.start({ logger: log })];
  };
  const asked = (): number => replicas.sandbox.requests().length;
  const told = (text: string): number => log.lines.filter((line) => line.text.includes(text)).length;
  /** Half a minute of failures: the circuit opens with the fifth, and once the first probe has failed, for 20 s. */
  const breakDown = async (): Promise<void> => {
    replicas.sandbox.addFault({ kind: 'status', status: 500 });
    await replicas.run(0.25);
  };
  /** Lets time pass without waiting for what is asked: both replicas look for work at each step. */
  const look = async (ms: number): Promise<void> => {
    for (const end = replicas.clock.now().getTime() + ms; replicas.clock.now().getTime() < end;) {
      replicas.clock.advance(Math.min(500, end - replicas.clock.now().getTime()));
      await Promise.all(apps.map((app) => app.sync.claim()));
    }
  };
  const untilHalfOpen = async (): Promise<void> => {
    const { circuit } = (await syncStatus(apps[0])).budget;
    await look(Date.parse(circuit.retryAt ?? '') - replicas.clock.now().getTime() - 1);
  };

  it('is left alone after five failures of both replicas together, tried ever more seldom, and both tell it', async () => {
    await pair();
    await breakDown();
    expect(asked()).toBe(5);
    const openedAt = replicas.sandbox.requests()[4]?.at ?? NaN;
    for (const app of apps) {
      expect(await syncStatus(app)).toMatchObject({
        state: 'outage',
        budget: {
          effectiveRequestsPerMinute: 30,
          circuit: { state: 'open', failures: 5, retryAt: new Date(openedAt + 10 * SECOND_MS).toISOString() },
        },
      });
    }
    await replicas.run(3);
    const probes = replicas.sandbox.requests().slice(4);
    const waits = probes.slice(1).map(({ at }, i) => (at - (probes[i]?.at ?? 0)) / SECOND_MS);
    // A look every 100 ms, and the request's own place on the grid.
    [10, 20, 30, 30].forEach((seconds, i) => {
      expect(waits[i]).toBeGreaterThanOrEqual(seconds);
      expect(waits[i]).toBeLessThanOrEqual(seconds + 2.5);
    });
    expect(told('requests in a row failed')).toBe(1);
  });

  it('is asked as ever once a request is answered, also by a process that started meanwhile', async () => {
    await pair();
    await breakDown();
    for (const app of apps) await replicas.stop(app);
    const late = await replicas.start({ logger: log });
    expect((await syncStatus(late)).state).toBe('outage');
    replicas.sandbox.clearFaults();
    replicas.sandbox.clearRequests();
    await replicas.run(0.5);
    expect(asked()).toBeGreaterThanOrEqual(10);
    expect(await syncStatus(late)).toMatchObject({
      state: 'running',
      budget: { circuit: { state: 'closed', failures: 0, retryAt: null } },
    });
    expect(told('answers again after 5 failures')).toBe(1);
  });

  it('and answers again is asked at once for what failed meanwhile', async () => {
    await pair();
    const { prisma } = apps[0];
    // Some failed so often that a further failure is followed by a wait of a quarter of an hour at least.
    await replicas.run(0.001);
    await prisma.day.updateMany({
      where: { date: { lt: new Date('2026-03-05') } },
      data: { attempts: 10, lastError: 'before', failedAt: new Date(0), dueAt: replicas.clock.now() },
    });
    await breakDown();
    const failed = { lastError: { startsWith: 'supplier_error' } };
    const waiting = () => prisma.day.count({ where: { ...failed, dueAt: { gt: replicas.clock.now() } } });
    expect(await waiting()).toBeGreaterThan(0);
    replicas.sandbox.clearFaults();
    await until('the circuit is closed again', async () => {
      await replicas.run(0.002);
      return (await syncStatus(apps[1])).state === 'running';
    });
    expect(await waiting()).toBe(0);
    await replicas.run(0.25);
    expect(await prisma.day.count({ where: failed })).toBe(0);
  });

  it('lets exactly one request through at a time, of all replicas, to see whether it answers', async () => {
    await pair();
    await breakDown();
    replicas.sandbox.clearFaults();
    replicas.sandbox.addFault({ kind: 'hang' });
    await untilHalfOpen();
    replicas.sandbox.clearRequests();
    await look(PROBE_MS - SECOND_MS);
    expect(asked()).toBe(1);
    expect(await syncStatus(apps[1])).toMatchObject({ state: 'outage', budget: { circuit: { state: 'half_open' } } });
    await replicas.sandbox.stop();
    await Promise.all(apps.map((app) => app.sync.settled()));
    const { circuit } = (await syncStatus(apps[0])).budget;
    expect(circuit).toMatchObject({ state: 'open', failures: 6 });
    expect(Date.parse(circuit.retryAt ?? '') - replicas.clock.now().getTime()).toBe(20 * SECOND_MS);
  });

  it('is tried by another process when the one that tried was killed before an answer came', async () => {
    await pair();
    await breakDown();
    replicas.sandbox.clearFaults();
    // As after a kill: what was asked is never answered, and never given up.
    replicas.sandbox.addFault({ kind: 'hang', times: 1 });
    await untilHalfOpen();
    replicas.sandbox.clearRequests();
    await look(2_500);
    await until('it tries', () => asked() === 1);
    await look(PROBE_MS - 4 * SECOND_MS);
    expect(asked()).toBe(1);
    await look(4 * SECOND_MS);
    await until('the next one is answered', async () => (await syncStatus(apps[0])).state === 'running');
    expect(asked()).toBeGreaterThanOrEqual(2);
    await replicas.sandbox.stop();
    await Promise.all(apps.map((app) => app.sync.settled()));
  });

  it('but refuses the one request is tried again after the block that it named', async () => {
    await pair();
    await breakDown();
    replicas.sandbox.clearFaults();
    await untilHalfOpen();
    const reset = replicas.clock.now().getTime() + 30 * SECOND_MS;
    replicas.sandbox.addFault({ kind: 'status', status: 429, body: { rateLimitState: { reset } }, times: 1 });
    replicas.sandbox.clearRequests();
    await replicas.run(0.48);
    expect(asked()).toBe(1);
    expect(await syncStatus(apps[0])).toMatchObject({ state: 'outage', budget: { circuit: { state: 'half_open' } } });
    await replicas.run(0.1);
    expect(asked()).toBeGreaterThanOrEqual(2);
    expect((await syncStatus(apps[0])).state).toBe('running');
  });
});

describe('A supplier that answers', () => {
  let replicas: Replicas;
  let app: TestApp;

  afterEach(() => replicas.close());

  const start = async (): Promise<void> => {
    replicas = await Replicas.create(ENV);
    app = await replicas.start();
  };

  it('that it does not know our products is not out of order', async () => {
    await start();
    replicas.sandbox.addFault({ kind: 'status', status: 404 });
    await replicas.run(0.7);
    expect(replicas.sandbox.requests().length).toBeGreaterThan(10);
    expect(await syncStatus(app)).toMatchObject({
      ...{ state: 'unusable', cause: { code: 'not_found' } },
      budget: { circuit: { state: 'closed', failures: 0 } },
    });
  });

  it('costs the budget no write, unless it told a quota or failed before', async () => {
    await start();
    await replicas.run(0.01);
    const budget = app.app.get(SupplierBudgets, { strict: false }).of('leap');
    const version = async (): Promise<string | undefined> => {
      const rows = await app.prisma.$queryRaw<{ xmin: string }[]>`SELECT xmin::text FROM supplier_budget`;
      return rows[0]?.xmin;
    };
    const before = await version();
    expect(await budget.answered(null, 14)).toMatchObject({ recoveredSince: null });
    expect(await budget.worked(14)).toMatchObject({ recoveredSince: null });
    expect(await version()).toBe(before);
    await budget.answered({ remaining: 9, resetAt: new Date(replicas.clock.now().getTime() + 1_000) }, 14);
    const told = await version();
    expect(told).not.toBe(before);
    await budget.failed({ kind: 'timeout', detail: 'no whole answer' }, 14, 2);
    await budget.answered(null, 14);
    expect(await version()).not.toBe(told);
    expect((await syncStatus(app)).budget).toMatchObject({ quota: { remaining: 9 }, circuit: { failures: 0 } });
  });
});
