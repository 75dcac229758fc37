import { afterEach, describe, expect, it } from '@jest/globals';
import { sandboxPax, sandboxPrice, sandboxSlot } from '../setup/day-factory.js';
import { Replicas } from '../setup/replicas.js';
import { readSlots } from '../setup/sync-api.js';
import type { TestApp } from '../setup/test-app.js';

const TIMEOUT_MS = 120_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Of 30 requests a minute. */
const PACE_MS = 2_050;
const WINDOW = 10;
const ENV = { MIN_VALUE: '0', SYNC_TIERS: `${WINDOW}:24h`, SUPPLIER_REQUESTS_PER_MINUTE: '30' };
/** These sell something every day. */
const [POPULAR, OTHER, QUIET] = [14, 15, 16] as const;
const IDS = [POPULAR, OTHER, QUIET];

describe('By value', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  const now = (): number => replicas.clock.now().getTime();
  /** In Singapore. */
  const dateIn = (days: number): string =>
    new Date(now() + 8 * HOUR_MS + days * 24 * HOUR_MS).toISOString().slice(0, 10);
  const asked = (): string[] => replicas.sandbox.requests().map(({ experienceId, date }) => `${experienceId} ${date}`);

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<TestApp> => {
    replicas = await Replicas.create({ EXPERIENCES: IDS.join(), ...ENV, ...env }, { sandboxOptions: { speed: 0 } });
    for (const id of IDS) for (let lead = 0; lead <= WINDOW; lead++) sell(id, dateIn(lead));
    return replicas.start();
  };
  const sell = (id: number, date: string, slot: Parameters<typeof sandboxSlot>[0] = {}): void => {
    replicas.sandbox.setTruth(id, date, [sandboxSlot({ startDate: date, startTime: '23:00', ...slot })]);
  };
  /** So many requests at the pace of the budget, with the other intervals in between. */
  const ask = async (app: TestApp, requests: number): Promise<string[]> => {
    const before = asked().length;
    for (let i = 0; asked().length < before + requests; i++) {
      replicas.clock.advance(PACE_MS);
      if (i % 5 === 0) {
        await app.sync.everyFiveSeconds();
        await app.sync.everyTwoSeconds();
      }
      await app.tick();
    }
    return asked().slice(before);
  };
  const read = async (app: TestApp, id: number, lead: number, times: number): Promise<void> => {
    for (let i = 0; i < times; i++) await readSlots(app, id, dateIn(lead));
  };
  /** The next learning and planning. */
  const later = async (app: TestApp): Promise<void> => {
    replicas.clock.advance(5_100);
    await app.sync.everyFiveSeconds();
    await app.sync.everyTwoSeconds();
  };
  const pricedAt = async (app: TestApp) => (await app.prisma.rateModel.findFirstOrThrow()).shadowPriceAt;
  const countsOf = (days: readonly string[]): Record<number, number> =>
    Object.fromEntries(IDS.map((id) => [id, days.filter((day) => day.startsWith(`${id} `)).length]));

  it(
    'while the mirror fills, at most one request in twenty goes to a day that is known; those that are read most come first',
    async () => {
      const app = await start();
      await app.tick();
      for (let lead = 0; lead < WINDOW; lead++) await read(app, POPULAR, lead, 10);
      const filled = await ask(app, IDS.length * WINDOW - 1);
      expect(new Set(filled).size).toBeGreaterThanOrEqual(filled.length - 1);
      const { [POPULAR]: popular = 0 } = countsOf(filled.slice(0, 12));
      expect(popular).toBeGreaterThan(7);
      expect(new Set([...filled, ...(await ask(app, 2))]).size).toBeGreaterThanOrEqual(IDS.length * WINDOW - 1);
    },
    TIMEOUT_MS,
  );

  it(
    'what is read is asked for oftener, and near dates oftener than far ones',
    async () => {
      const app = await start();
      await ask(app, IDS.length * WINDOW);
      for (let i = 0; i < 3; i++) {
        await read(app, POPULAR, 2, 30);
        await ask(app, 20);
      }
      const later = await ask(app, 60);
      const counts = countsOf(later);
      expect(counts[POPULAR]).toBeGreaterThan(1.5 * (counts[OTHER] ?? 0));
      const near = later.filter((day) => day.slice(3) <= dateIn(3)).length;
      expect(near).toBeGreaterThan(later.length / 2);
    },
    TIMEOUT_MS,
  );

  it(
    'a price that changed makes the other days of the experience suspect, and they are asked for next',
    async () => {
      const app = await start();
      await ask(app, IDS.length * WINDOW);
      const dearer = { paxAvailability: [sandboxPax({ price: sandboxPrice({ finalPrice: 300 }) })] };
      for (let lead = 0; lead < WINDOW; lead++) sell(OTHER, dateIn(lead), dearer);
      let seen: string[] = [];
      while (!seen.some((day) => day.startsWith(`${OTHER} `))) seen = await ask(app, 1);
      const next = await ask(app, WINDOW + 3);
      expect(new Set(next.filter((day) => day.startsWith(`${OTHER} `))).size).toBeGreaterThanOrEqual(WINDOW - 2);
      // One change, one signal: that the others changed as well makes nobody suspect again.
      expect(countsOf(await ask(app, 20))[OTHER]).toBeLessThan(14);
      for (let lead = 1; lead < WINDOW; lead++) {
        const { body } = await readSlots(app, OTHER, dateIn(lead));
        expect(body.slots).toMatchObject([{ price: { finalPrice: 300 } }]);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'days that were confirmed closed are hardly ever asked for',
    async () => {
      const app = await start();
      for (let lead = 0; lead <= WINDOW; lead++) replicas.sandbox.setTruth(QUIET, dateIn(lead), []);
      await ask(app, IDS.length * WINDOW);
      const counts = countsOf(await ask(app, 40));
      expect(counts[QUIET]).toBeLessThan(5);
    },
    TIMEOUT_MS,
  );

  it(
    'nothing is asked of today after its last start, and the day is served as it was',
    async () => {
      const app = await start();
      // It is noon in Singapore: the last start of the quiet one is over in ten minutes.
      sell(QUIET, dateIn(0), { startTime: '12:10' });
      await ask(app, IDS.length * WINDOW);
      replicas.clock.advance(15 * MINUTE_MS);
      const later = await ask(app, 40);
      expect(later.filter((day) => day === `${QUIET} ${dateIn(0)}`)).toEqual([]);
      expect(later.filter((day) => day === `${OTHER} ${dateIn(0)}`).length).toBeGreaterThan(0);
      expect((await readSlots(app, QUIET, dateIn(0))).status).toBe(200);
    },
    TIMEOUT_MS,
  );

  it(
    'the promises of the tiers are kept where the budget can keep them all',
    async () => {
      const app = await start({ SYNC_TIERS: '1:5m,10:20m' });
      await ask(app, IDS.length * WINDOW);
      for (let i = 0; i < 10; i++) {
        await ask(app, 12);
        const broken = await app.prisma.day.count({
          where: { refreshAt: { not: null }, staleAfter: { lt: replicas.clock.now() } },
        });
        expect(broken).toBe(0);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'what was learned and could not be stored is stored later, with what was learned since',
    async () => {
      const app = await start({ EXPERIENCES: String(POPULAR), SYNC_TIERS: '3:24h' });
      await ask(app, 3);
      await read(app, POPULAR, 2, 20);
      await app.prisma.$executeRaw`ALTER TABLE rate_model RENAME TO rate_model_away`;
      await app.sync.everyFiveSeconds();
      await app.prisma.$executeRaw`ALTER TABLE rate_model_away RENAME TO rate_model`;
      const stored = () => app.prisma.experienceRates.findUniqueOrThrow({ where: { experienceId: POPULAR } });
      expect((await stored()).reads).toBe(0);
      await read(app, POPULAR, 2, 10);
      await app.sync.everyFiveSeconds();
      expect((await stored()).reads).toBeCloseTo(30, 0);
    },
    TIMEOUT_MS,
  );

  it(
    'the first reads set what a request is worth within seconds, not at the next full minute',
    async () => {
      const app = await start({ MIN_VALUE: '0.001' });
      const price = async () => (await app.prisma.rateModel.findFirstOrThrow()).shadowPrice ?? NaN;
      await ask(app, 3);
      await app.sync.everyTwoSeconds();
      const first = await pricedAt(app);
      expect(first).not.toBeNull();
      // Nobody reads: no request is worth sending.
      expect(await price()).toBeGreaterThan(1e9);
      await read(app, POPULAR, 2, 20);
      await later(app);
      const second = await pricedAt(app);
      expect(second).not.toEqual(first);
      expect(await price()).toBeLessThan(1e6);
      // Nothing moved since.
      await later(app);
      expect(await pricedAt(app)).toEqual(second);
    },
    TIMEOUT_MS,
  );

  it(
    'one replica computes for all what a request is worth',
    async () => {
      const one = await start({ MIN_VALUE: '0.001' });
      const other = await replicas.start();
      await ask(one, 3);
      await other.tick();
      await read(one, POPULAR, 2, 20);
      await later(one);
      const priced = await pricedAt(one);
      expect(priced).toEqual(replicas.clock.now());
      await later(other);
      await later(other);
      expect(await pricedAt(one)).toEqual(priced);
    },
    TIMEOUT_MS,
  );

  it(
    'what was learned is kept across restarts, and shared',
    async () => {
      const app = await start();
      await ask(app, IDS.length * WINDOW);
      await read(app, POPULAR, 2, 100);
      await replicas.stop(app);
      const { reads } = await (
        await replicas.start()
      ).prisma.experienceRates.findUniqueOrThrow({ where: { experienceId: POPULAR } });
      expect(reads).toBeCloseTo(100, 0);
    },
    TIMEOUT_MS,
  );
});
