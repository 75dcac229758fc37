import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dayOf } from '../setup/arrivals.js';
import { dayRow } from '../setup/day-row.js';
import { Replicas } from '../setup/replicas.js';
import { connect } from '../setup/sql-client.js';
import { syncStatus } from '../setup/sync-api.js';
import type { TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const ENV = { EXPERIENCES: '14,15,16', SUPPLIER_REQUESTS_PER_MINUTE: '30' };
const MINUTE_MS = 60_000;

describe('A supplier that refuses (429)', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  const pair = async (requestsPerMinute = 1_000_000): Promise<readonly [TestApp, TestApp]> => {
    replicas = await Replicas.create(ENV, { sandboxOptions: { requestsPerMinute } });
    return [await replicas.start(), await replicas.start()];
  };

  it('stops both replicas until the instant that it names', async () => {
    const [app] = await pair(10);
    await replicas.run(0.5);
    const requests = replicas.sandbox.requests();
    // Ten were accepted, the eleventh was refused: it may be asked again when the first one leaves the window.
    expect(requests.map(({ status }) => status)).toEqual([...Array<number>(10).fill(200), 429]);
    const reset = (requests[0]?.at ?? 0) + MINUTE_MS;
    expect(await syncStatus(app)).toMatchObject({
      state: 'refused',
      budget: { blockedUntil: new Date(reset).toISOString() },
    });
    await replicas.run((reset - replicas.clock.now().getTime() - 100) / MINUTE_MS);
    expect(replicas.sandbox.requests()).toHaveLength(11);
    await replicas.run(0.01);
    expect(replicas.sandbox.requests()[11]?.at).toBeLessThanOrEqual(reset + 200);
  });

  it('has refused since its first refusal, until it answers, and anew when it refuses again', async () => {
    const [app] = await pair();
    await replicas.run(0.2);
    replicas.sandbox.addFault({ kind: 'status', status: 429 });
    const refusals = () => replicas.sandbox.requests().filter(({ status }) => status === 429);
    // Between two waits a request is under way.
    const refused = async () => {
      for (let tries = 0; tries < 100; tries++) {
        const status = await syncStatus(app);
        if (status.state === 'refused') return status;
        await replicas.run(0.02);
      }
      throw new Error('the status never says that it is refused');
    };
    await replicas.run(4);
    expect(refusals().length).toBeGreaterThan(1);
    const status = await refused();
    expect(Date.parse(status.since) - (refusals()[0]?.at ?? 0)).toBeLessThan(1_000);
    replicas.sandbox.clearFaults();
    await replicas.run(4);
    expect(await syncStatus(app)).toMatchObject({ state: 'running' });
    const before = refusals().length;
    replicas.sandbox.addFault({ kind: 'status', status: 429 });
    await replicas.run(0.2);
    expect(Date.parse((await refused()).since) - (refusals()[before]?.at ?? 0)).toBeLessThan(1_000);
  });

  it('does not cost the refused day its place, and is not counted as its failure', async () => {
    const [app] = await pair();
    await replicas.run(0.2);
    replicas.sandbox.addFault({ kind: 'status', status: 429, times: 1 });
    await replicas.run(0.4);
    const requests = replicas.sandbox.requests();
    const refused = requests.findIndex(({ status }) => status === 429);
    const day = requests[refused];
    if (!day) throw new Error('nothing was refused');
    // The same date of the three experiences is worth the same.
    expect(requests.slice(refused + 1, refused + 4).map(dayOf)).toContain(dayOf(day));
    expect(await dayRow(app.prisma, day.experienceId ?? 0, day.date ?? '')).toMatchObject({
      attempts: 0,
      lastError: null,
    });
    expect(await syncStatus(app)).toMatchObject({ state: 'running', errors: [], queue: { failing: 0 } });
  });

  it('is asked again at most about twice a minute, gives what it has to give, and is counted in the runs', async () => {
    const [app, other] = await pair(10);
    await replicas.run(3);
    const requests = replicas.sandbox.requests();
    const refused = requests.filter(({ status }) => status === 429);
    expect(refused.length).toBeLessThanOrEqual(7);
    expect(requests.length - refused.length).toBeGreaterThanOrEqual(24);
    await Promise.all([app.sync.everyFiveSeconds(), other.sync.everyFiveSeconds()]);
    const runs = await app.prisma.syncRun.aggregate({ _sum: { refused: true, failed: true } });
    expect(runs._sum).toEqual({ refused: refused.length, failed: 0 });
  });
});

describe('A refusal', () => {
  let replicas: Replicas;

  beforeAll(async () => {
    replicas = await Replicas.create(ENV);
    await replicas.start();
  });
  afterAll(() => replicas.close());

  it.each([
    ['no body that says anything', {}],
    ['a list', []],
    ['null', null],
    ['a state of null', { rateLimitState: null }],
    ['a reset that is text', { rateLimitState: { reset: 'soon' } }],
    ['a reset in seconds', { rateLimitState: { reset: 1_772_424_060 } }],
    ['a reset in the past', { rateLimitState: { reset: 1 } }],
    ['a reset below zero', { rateLimitState: { reset: -1 } }],
    ['a reset far beyond any calendar', { rateLimitState: { reset: 1e300 } }],
    ['a reset in ten years', { rateLimitState: { reset: 2_088_000_000_000 } }],
  ])('with %s has the supplier left alone for a minute and no longer', async (_what, body) => {
    // By then nothing of the refusal before is left.
    replicas.clock.advance(15 * MINUTE_MS);
    replicas.sandbox.clearRequests();
    replicas.sandbox.addFault({ kind: 'status', status: 429, body, times: 1 });
    await replicas.run(0.95);
    expect(replicas.sandbox.requests()).toHaveLength(1);
    await replicas.run(0.1);
    expect(replicas.sandbox.requests().map(({ status }) => status)).toContain(200);
  });
});

describe('A grant that could not be used at once', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  it('is dropped, and its day is free for the next one', async () => {
    replicas = await Replicas.create(ENV);
    const { clock, sandbox } = replicas;
    const app = await replicas.start();
    await replicas.run(0.1);
    const before = sandbox.requests().length;
    clock.advance(2_100);
    await holdUp(app, () => clock.advance(1_500));
    await app.sync.settled();
    expect(sandbox.requests()).toHaveLength(before);
    expect(await app.prisma.day.count({ where: { leasedUntil: { not: null } } })).toBe(0);
    await replicas.run(0.1);
    expect(sandbox.requests().length).toBeGreaterThan(before);
  });
});

/** Lets a claim wait in the middle of its transaction, after the budget was granted, while `meanwhile` happens. */
async function holdUp(app: TestApp, meanwhile: () => void): Promise<void> {
  const client = await connect(app.database);
  try {
    await client.query('begin; lock table sync_control in access exclusive mode');
    const claim = app.sync.claim();
    await until('the claim waits', async () => {
      const { rowCount } = await client.query(
        `select from pg_locks where relation = 'sync_control'::regclass and not granted`,
      );
      return rowCount === 1;
    });
    meanwhile();
    await client.query('commit');
    await claim;
  } finally {
    await client.end();
  }
}
