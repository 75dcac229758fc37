import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OddSupplier } from '../setup/odd-supplier.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { SupplierStandIn, goodDay } from '../setup/supplier-stand-in.js';
import { TestClock } from '../setup/test-clock.js';

const ID = 14;
const ENV = { MIN_VALUE: '0', EXPERIENCES: `${ID},15`, SYNC_TIERS: '5:10m', SUPPLIER_REQUESTS_PER_MINUTE: '60' };

/** What a clock that ran two hours ahead leaves behind, each by itself. */
const AHEAD: Readonly<Record<string, (app: TestApp, now: Date) => Promise<unknown>>> = {
  confirmations: (app) =>
    app.prisma.$executeRaw`
      UPDATE day SET confirmed_at = confirmed_at + interval '2 hours', changed_at = changed_at + interval '2 hours',
        stale_after = stale_after + interval '2 hours', due_at = due_at + interval '2 hours', refresh_at = refresh_at + interval '2 hours'
      WHERE experience_id = ${ID}`,
  'the pace': (app) => app.prisma.$executeRaw`UPDATE supplier_budget SET next_at_ms = next_at_ms + 7200000`,
  'a block': (app, now) =>
    app.prisma.$executeRaw`UPDATE supplier_budget SET blocked_until = ${now}::timestamptz + interval '2 hours'`,
  'an outage': (app, now) =>
    app.prisma.$executeRaw`
      UPDATE supplier_budget SET failures = 5, openings = 1, open_until = ${now}::timestamptz + interval '2 hours',
        failing_since = ${now}::timestamptz + interval '115 minutes', last_failed_at = ${now}::timestamptz + interval '115 minutes'`,
  leases: (app, now) =>
    app.prisma.$executeRaw`
      UPDATE day SET leased_until = ${now}::timestamptz + interval '2 hours', leased_by = 'gone' WHERE experience_id = ${ID}`,
  'a product’s next try': (app, now) =>
    app.prisma.$executeRaw`
      INSERT INTO product_health (experience_id, kind, detail, failing_since, last_failed_at, failures, held, retry_at, retries)
      VALUES (${ID}, 'gone', 'gone', ${now}::timestamptz + interval '3 hours', ${now}::timestamptz + interval '3 hours', 5, true,
        ${now}::timestamptz + interval '4 hours', 5)`,
};

describe('Instants that a clock wrote which ran two hours ahead', () => {
  let clock: TestClock;
  let database: TestDatabase;
  let supplier: SupplierStandIn;
  let url: string;
  let app: TestApp;

  const start = () =>
    startTestApp({ clock, database, supplier: { url, requests: () => supplier.requests() }, env: ENV });
  const run = async (seconds: number) => {
    const end = clock.now().getTime() + seconds * 1_000;
    while (clock.now().getTime() < end) {
      clock.advance(500);
      await app.sync.claim();
      await app.sync.settled();
    }
  };

  beforeEach(async () => {
    clock = new TestClock();
    database = await createTestDatabase();
    supplier = new SupplierStandIn(
      ({ date }) => ({ body: goodDay(date) }),
      () => clock.now().getTime(),
    );
    url = await supplier.start();
    app = await start();
    await run(12);
  });
  afterEach(async () => {
    await app.close();
    await supplier.stop();
    await database.drop();
  });

  it.each(Object.entries(AHEAD))('stop nothing: %s', async (_, write) => {
    // There is something to ask for.
    await app.prisma.day.updateMany({ where: { experienceId: ID }, data: { dueAt: clock.now() } });
    await write(app, clock.now());
    await app.close();
    app = await start();
    const from = clock.now().getTime();
    await run(40);
    const asked = supplier.requests().filter(({ at, experienceId }) => at > from && experienceId === ID);
    expect(asked.length).toBeGreaterThan(0);
    expect((asked[0]?.at ?? 0) - from).toBeLessThan(30_000);
    const ahead = await app.prisma.day.count({
      where: {
        OR: [{ confirmedAt: { gt: clock.now() } }, { leasedUntil: { gt: new Date(clock.now().getTime() + 60_000) } }],
      },
    });
    expect(ahead).toBe(0);
    const served = await fetch(`${app.url}/api/v1/experience/${ID}/slots?date=2026-03-04`);
    const { asOf } = (await served.json()) as { asOf: string };
    expect(Date.parse(asOf)).toBeLessThanOrEqual(clock.now().getTime());
    const status = (await (await fetch(`${app.url}/api/v1/sync/status`)).json()) as { state: string };
    expect(status.state).toBe('running');
  });

  it('are told of, with what to look at', async () => {
    await AHEAD['confirmations']?.(app, clock.now());
    await app.close();
    app = await start();
    await run(2);
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    const status = (await (await fetch(`${app.url}/api/v1/sync/status`, { headers })).json()) as {
      clock: { text: string };
    };
    expect(status.clock.text).toMatch(/lie in the future.*6 days are fetched again.*Check the clocks/);
  });

  it('are set right while it runs, too', async () => {
    await AHEAD['confirmations']?.(app, clock.now());
    await app.sync.everyMinute();
    expect(await app.prisma.day.count({ where: { confirmedAt: { gt: clock.now() } } })).toBe(0);
  });
});

describe('A clock of the database that jumps two hours ahead, and is set right later', () => {
  const HOURS_MS = 2 * 3_600_000;
  let odd: OddSupplier;
  afterEach(() => odd.close());

  const asked = (from: number) => odd.supplier.requests().filter(({ at }) => at >= from).length;
  const asOf = async () => Date.parse((await odd.slots(ID, '2026-03-04')).body.asOf);

  it('stops nothing, and leaves nothing that is told to be of the future', async () => {
    odd = await OddSupplier.start({ experiences: [ID, 15], env: ENV });
    await odd.run(12);
    for (const jump of [HOURS_MS, -HOURS_MS]) {
      odd.clock.jump(jump);
      await odd.app.sync.everyMinute();
      const from = odd.clock.now().getTime();
      await odd.run(20);
      expect(asked(from)).toBeGreaterThanOrEqual(15);
      expect(await asOf()).toBeLessThanOrEqual(odd.clock.now().getTime());
      expect(await asOf()).toBeGreaterThanOrEqual(from);
      expect((await odd.status()).state).toBe('running');
    }
  });
});

describe('A start with shorter tiers than before', () => {
  it('plans all days anew, and blames no clock', async () => {
    const odd = await OddSupplier.start({ experiences: [ID], env: { SYNC_TIERS: '10:24h' } });
    await odd.run(5);
    const again = await startTestApp({
      ...{ clock: odd.clock, database: odd.app.database, env: { ...ENV, SYNC_TIERS: '10:20s' } },
      supplier: { url: odd.app.sandboxUrl, requests: () => odd.supplier.requests() },
    });
    await again.sync.claim();
    await again.sync.settled();
    expect(await (await fetch(`${again.url}/api/v1/sync/status`)).json()).toMatchObject({
      state: 'running',
      clock: null,
    });
    await again.close();
    await odd.close();
  });
});

describe('A wish to wait for hours', () => {
  it('is believed across a restart', async () => {
    const odd = await OddSupplier.start({ experiences: [ID] });
    odd.answers(() => ({ status: 429, headers: { 'retry-after': '7200' } }));
    await odd.run(3);
    const from = odd.clock.now().getTime();
    odd.answers(() => undefined);
    const { clock, supplier } = odd;
    const again = await startTestApp({
      ...{ clock, database: odd.app.database, env: ENV },
      supplier: { url: odd.app.sandboxUrl, requests: () => supplier.requests() },
    });
    for (let i = 0; i < 10; i++) {
      clock.advance(600_000);
      await again.sync.claim();
      await again.sync.settled();
    }
    expect(supplier.requests().filter(({ at }) => at > from)).toEqual([]);
    await again.close();
    await odd.close();
  });
});
