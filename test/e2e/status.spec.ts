import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { syncStatus, type SyncStatus } from '../../src/sync/monitoring/status.shape.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { ADMIN_KEY, startTestApp, SUPPLIER_KEY, type TestApp } from '../setup/test-app.js';

const FAILING = '2026-03-03';
const authorization = `Bearer ${ADMIN_KEY}`;

/** Tests in here follow one life: fresh, synced, refused, paused. */
describe('GET /api/v1/sync/status', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({
      env: { EXPERIENCES: '14', SYNC_TIERS: '1:15m,3:4h', SUPPLIER_REQUESTS_PER_MINUTE: '6000' },
    });
    app.sandbox.setTruth(14, '2026-03-02', [sandboxSlot({ startDate: '2026-03-02' })]);
  });
  afterAll(() => app.close());

  async function read(): Promise<SyncStatus> {
    const response = await request(app.url).get('/api/v1/sync/status');
    expect(response.status).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    for (const secret of [ADMIN_KEY, SUPPLIER_KEY, 'x-api-key', app.database.url]) {
      expect(response.text).not.toContain(secret);
    }
    const status = response.body as SyncStatus;
    expect(Object.keys(status)).toEqual(Object.keys(syncStatus.properties));
    return status;
  }

  const NO_DAYS = { days: 0, fresh: 0, stale: 0, neverFetched: 0, share: null, oldestAsOf: null };
  const TIERS = [
    { withinDays: 1, maxAgeSeconds: 900 },
    { withinDays: 3, maxAgeSeconds: 14_400 },
  ];

  it('tells of a server that has just begun', async () => {
    const { suppliers, ...sum } = await read();
    const [supplier] = suppliers;
    expect(supplier).toEqual({
      ...pick(sum, Object.keys(supplier ?? {})),
      ...{ name: 'leap', api: 'leap', tiers: TIERS, hintedDays: 0, freshness: sum.freshness, staleSince: null },
      products: { mirrored: 1, failing: 0, failingSince: null },
      plan: { feasible: true, requestsPerMinuteForAll: 1 },
      notifications: { state: 'off', since: null, text: expect.any(String), error: null, lastHintAt: null },
    });
    expect(suppliers).toHaveLength(1);
    expect(sum).toEqual({
      state: 'running',
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      pausedAt: null,
      pausedBy: null,
      pauseScope: null,
      reason: null,
      pausedUntil: null,
      budget: {
        ...{ requestsPerMinute: 6_000, effectiveRequestsPerMinute: 6_000, throttledUntil: null },
        ...{ usedThisMinute: 0, usedLastMinute: 0, nextAt: null, blockedUntil: null },
        ...{ quota: null, circuit: { state: 'closed', failures: 0, retryAt: null } },
      },
      budgetUse: { share: 0, limit: 'value', text: expect.stringContaining('MIN_VALUE') as unknown },
      asOf: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      queue: { due: 0, leased: 0, failing: 0 },
      policy: 'value',
      plan: expect.objectContaining({ experiences: 1, feasible: true, neededPerDay: 108, learned: false }) as unknown,
      freshness: {
        ...NO_DAYS,
        tiers: TIERS.map((tier) => ({ ...tier, ...NO_DAYS })),
      },
      runs: [],
      webhooks: { active: 0, paused: 0, failing: 0, disabled: 0 },
      ...{ errors: [], oddities: [], cause: null, readReplica: null, clock: null, nextAttemptAt: null },
    });
  });

  it('tells the budget used, the freshness of each tier, the runs and the failing days', async () => {
    app.sandbox.addFault({ kind: 'status', status: 503, date: FAILING, times: 1 });
    const startedAt = app.clock.now();
    await app.syncUntilIdle();
    await app.sync.everyFiveSeconds();
    await app.sync.everyFiveSeconds();
    const [near, middle, far] = ['2026-03-02', FAILING, '2026-03-04'].map(
      (date) => new Date(app.sandbox.requests().find((sent) => sent.date === date)?.at ?? NaN),
    );
    const status = await read();
    const oldestAsOf = new Date(Math.min(near?.getTime() ?? NaN, far?.getTime() ?? NaN)).toISOString();
    expect(status).toMatchObject({
      state: 'running',
      budget: { usedThisMinute: 3, usedLastMinute: 0, nextAt: expect.any(String), blockedUntil: null },
      queue: { due: 0, leased: 0, failing: 1 },
      runs: [
        { requested: 3, changed: 2, unchanged: 0, failed: 1, refused: 0, finishedAt: app.clock.now().toISOString() },
      ],
      errors: [
        {
          ...{ supplier: 'leap', experienceId: 14, date: FAILING, dates: [FAILING], attempts: 1 },
          failedAt: middle?.toISOString(),
        },
      ],
      suppliers: [
        {
          products: { mirrored: 1, failing: 1, failingSince: middle?.toISOString() },
          ...{ freshness: { days: 3, fresh: 2, neverFetched: 1 }, staleSince: null },
        },
      ],
    });
    expect(status.freshness).toEqual({
      ...{ days: 3, fresh: 2, stale: 0, neverFetched: 1, share: 0.6666, oldestAsOf },
      tiers: [
        {
          withinDays: 1,
          maxAgeSeconds: 900,
          ...{ days: 1, fresh: 1, stale: 0, neverFetched: 0, share: 1 },
          oldestAsOf: near?.toISOString(),
        },
        {
          withinDays: 3,
          maxAgeSeconds: 14_400,
          ...{ days: 2, fresh: 1, stale: 0, neverFetched: 1, share: 0.5 },
          oldestAsOf: far?.toISOString(),
        },
      ],
    });
    expect(Object.keys(status.runs[0] ?? {}).sort()).toEqual(
      [
        'id',
        'instance',
        'startedAt',
        'finishedAt',
        'durationSeconds',
        'requested',
        'changed',
        'unchanged',
        'failed',
        'refused',
      ].sort(),
    );
    expect(Date.parse(status.runs[0]?.startedAt ?? '')).toBeGreaterThan(startedAt.getTime());
    expect(status.errors[0]?.error).toContain('503');
    expect(Date.parse(status.errors[0]?.retryAt ?? '')).toBeGreaterThan(app.clock.now().getTime());
  });

  it('tells what is overdue, and moves the used budget on with the minute', async () => {
    app.clock.advance(60_000);
    expect((await read()).budget).toMatchObject({ usedThisMinute: 0, usedLastMinute: 3 });
    app.clock.advance(60_000);
    expect((await read()).budget).toMatchObject({ usedThisMinute: 0, usedLastMinute: 0 });
    // Today has had its last start by now, and is fetched once an hour.
    app.clock.advance(60 * 60_000);
    const { queue, freshness, suppliers } = await read();
    expect(queue).toEqual({ due: 2, leased: 0, failing: 1 });
    expect(freshness).toMatchObject({ days: 3, fresh: 1, stale: 1, neverFetched: 1 });
    const sent = app.sandbox.requests().find(({ date }) => date === '2026-03-02')?.at ?? NaN;
    expect(suppliers[0]?.staleSince).toBe(new Date(sent + 3_600_000).toISOString());
  });

  it('is "refused" from a 429 until the instant that it named', async () => {
    const until = new Date(app.clock.now().getTime() + 120_000);
    const body = { rateLimitState: { reset: until.getTime() } };
    app.sandbox.addFault({ kind: 'status', status: 429, body });
    app.clock.advance(1_100);
    await app.tick();
    app.sandbox.clearFaults();
    const status = await read();
    expect(status).toMatchObject({ state: 'refused', budget: { blockedUntil: until.toISOString() } });
    expect(status.errors).toHaveLength(1);
    expect(status.queue.leased).toBe(0);
    app.clock.set(new Date(until.getTime() - 1));
    expect((await read()).state).toBe('refused');
    app.clock.set(until);
    expect(await read()).toMatchObject({ state: 'running', budget: { blockedUntil: null } });
  });

  it('is "paused" with reason, author and time while paused, also when the supplier refuses', async () => {
    app.sandbox.addFault({ kind: 'status', status: 429, body: {} });
    app.clock.advance(1_100);
    await app.tick();
    app.sandbox.clearFaults();
    const now = app.clock.now().toISOString();
    await request(app.url).post('/api/v1/sync/pause').set({ authorization }).send({ reason: 'quiet hours' });
    const status = await read();
    expect(status).toMatchObject({
      ...{ state: 'paused', since: now, pausedAt: now, pausedBy: 'admin', reason: 'quiet hours' },
      budget: { blockedUntil: expect.any(String) },
    });
  });

  it('needs no key, and takes no notice of a wrong one', async () => {
    const response = await request(app.url).get('/api/v1/sync/status').set('authorization', 'Bearer wrong');
    expect(response.status).toBe(200);
  });
});

/** The members of these names, as far as there are any. */
function pick(object: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));
}
