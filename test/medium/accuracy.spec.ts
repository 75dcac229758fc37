import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { noteRepricing } from '../../src/sync/rates/sql/note-repricing.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { Replicas } from '../setup/replicas.js';
import { readSlots } from '../setup/sync-api.js';
import { ADMIN_KEY, type TestApp } from '../setup/test-app.js';

const TIMEOUT_MS = 120_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ID = 14;
const WINDOW = 4;
const DATE = 2;

describe('The measured truth', () => {
  let replicas: Replicas;
  let app: TestApp;

  beforeEach(async () => {
    replicas = await Replicas.create(
      { EXPERIENCES: String(ID), SYNC_TIERS: `${WINDOW}:24h`, AUDIT_SHARE: '0' },
      { sandboxOptions: { speed: 0 } },
    );
    app = await replicas.start();
    sell(9);
    for (let i = 0; i < WINDOW; i++) {
      replicas.clock.advance(2_050);
      await app.tick();
    }
    await app.sync.everyFiveSeconds();
  });
  afterEach(() => replicas.close());

  /** In Singapore. */
  const dateIn = (days: number): string =>
    new Date(replicas.clock.now().getTime() + 8 * HOUR_MS + days * DAY_MS).toISOString().slice(0, 10);
  const sell = (remaining: number): void => {
    replicas.sandbox.setTruth(ID, dateIn(DATE), [
      sandboxSlot({ startDate: dateIn(DATE), startTime: '23:00', remaining }),
    ]);
  };
  const read = async (of: TestApp, times: number): Promise<void> => {
    for (let i = 0; i < times; i++) expect((await readSlots(of, ID, dateIn(DATE))).status).toBe(200);
  };
  /** The day is fetched by the replica. */
  const confirm = async (by: TestApp): Promise<void> => {
    const before = await confirmedAt();
    await request(by.url)
      .post(`/api/v1/experience/${ID}/days/${dateIn(DATE)}/refresh`)
      .set('authorization', `Bearer ${ADMIN_KEY}`)
      .expect(202);
    replicas.clock.advance(2_000);
    await by.tick();
    expect((await confirmedAt())?.getTime()).toBeGreaterThan(before?.getTime() ?? 0);
  };
  const confirmedAt = async () =>
    (await app.prisma.day.findFirstOrThrow({ where: { experienceId: ID, date: new Date(dateIn(DATE)) } })).confirmedAt;
  const sums = async () => {
    const { _sum } = await app.prisma.accuracy.aggregate({
      _sum: { reads: true, unchanged: true, measured: true, high: true, expected: true },
    });
    return _sum;
  };
  const unjudged = async () =>
    (await app.prisma.dayReads.findFirst({ where: { date: new Date(dateIn(DATE)) } }))?.unjudged;

  it(
    'reads of a day that is confirmed unchanged saw the truth, stored before or not; none is judged twice',
    async () => {
      await read(app, 3);
      await app.sync.everyFiveSeconds();
      expect(await unjudged()).toBe(3);
      await read(app, 2);
      replicas.clock.advance(10_000);
      await confirm(app);
      // Before anything was stored, once more.
      await read(app, 1);
      replicas.clock.advance(10_000);
      await confirm(app);
      await app.sync.everyFiveSeconds();
      expect(await sums()).toMatchObject({ reads: 6, unchanged: 6, measured: 6, high: 6 });
      expect(await unjudged()).toBe(0);
      const [experience] = await app.prisma.experienceAccuracy.findMany();
      expect(experience).toMatchObject({ experienceId: ID, reads: 6, unchanged: 6 });
    },
    TIMEOUT_MS,
  );

  it(
    'of the reads of a day that had changed none or all did, and those right before the confirmation hardly',
    async () => {
      replicas.clock.advance(HOUR_MS);
      await app.sync.everyFiveSeconds();
      await read(app, 4);
      sell(8);
      await confirm(app);
      await app.sync.everyFiveSeconds();
      const late = await sums();
      expect(late).toMatchObject({ reads: 4, unchanged: 0 });
      expect(late.measured).toBeLessThan(1);
      expect(late.expected).toBeGreaterThan(3.5);
    },
    TIMEOUT_MS,
  );

  it(
    'the reads of another replica are judged too, once they are stored; those of a day that is not confirmed wait',
    async () => {
      const other = await replicas.start();
      await read(other, 5);
      await other.sync.everyFiveSeconds();
      await read(other, 1);
      replicas.clock.advance(10_000);
      await confirm(app);
      await app.sync.everyFiveSeconds();
      await other.sync.everyFiveSeconds();
      expect(await sums()).toMatchObject({ reads: 5, unchanged: 5 });
      expect(await unjudged()).toBe(1);
    },
    TIMEOUT_MS,
  );

  it(
    'a calendar is a read of each of its dates',
    async () => {
      const calendar = () => fetch(`${app.url}/api/v1/experience/${ID}/dates`);
      await calendar();
      await app.sync.everyFiveSeconds();
      replicas.clock.advance(10_000);
      // From here on it is known how many there were.
      await confirm(app);
      for (let i = 0; i < 8; i++) await calendar();
      await app.sync.everyFiveSeconds();
      replicas.clock.advance(10_000);
      await confirm(app);
      await app.sync.everyFiveSeconds();
      expect(await sums()).toMatchObject({ reads: 8 / WINDOW, unchanged: 8 / WINDOW });
    },
    TIMEOUT_MS,
  );

  it(
    'knows eight times at which prices changed, the oldest as one; what one of them explains is none',
    async () => {
      const start = replicas.clock.now().getTime();
      const at = (hours: number) => new Date(start + hours * HOUR_MS);
      const { direct } = app.prisma;
      const { _max } = await app.prisma.day.aggregate({ _max: { confirmedAt: true } });
      // It came after the last confirmation of any date.
      expect(await noteRepricing(direct, { experienceId: ID, before: at(-48), now: at(0) })).toEqual(_max.confirmedAt);
      for (let i = 0; i < 10; i++) {
        expect(await noteRepricing(direct, { experienceId: ID, before: at(3 * i), now: at(3 * i + 2) })).toEqual(
          at(3 * i),
        );
        expect(
          await noteRepricing(direct, { experienceId: ID, before: at(3 * i), now: at(3 * i + 3) }),
        ).toBeUndefined();
      }
      const rates = await app.prisma.experienceRates.findUniqueOrThrow({ where: { experienceId: ID } });
      expect(rates).toMatchObject({
        repricedAt: at(29),
        repricingStarts: [_max.confirmedAt, ...[3, 4, 5, 6, 7, 8, 9].map((i) => at(3 * i))],
        repricingEnds: [2, 3, 4, 5, 6, 7, 8, 9].map((i) => at(3 * i + 2)),
      });
    },
    TIMEOUT_MS,
  );

  it(
    'is stored later when it could not be stored',
    async () => {
      await read(app, 3);
      replicas.clock.advance(10_000);
      await confirm(app);
      await app.prisma.$executeRaw`ALTER TABLE accuracy RENAME TO accuracy_away`;
      await app.sync.everyFiveSeconds();
      await app.prisma.$executeRaw`ALTER TABLE accuracy_away RENAME TO accuracy`;
      expect(await sums()).toMatchObject({ reads: null });
      await app.sync.everyFiveSeconds();
      expect(await sums()).toMatchObject({ reads: 3, unchanged: 3 });
      expect(await unjudged()).toBe(0);
    },
    TIMEOUT_MS,
  );
});

describe('Audits', () => {
  it(
    'are a share of the requests, for days that are read, due or not; they find what is unchanged',
    async () => {
      const replicas = await Replicas.create(
        {
          ...{ EXPERIENCES: '14,15,16', SYNC_TIERS: '6:24h', MIN_VALUE: '0', AUDIT_SHARE: '20%' },
          SUPPLIER_REQUESTS_PER_MINUTE: '30',
        },
        { sandboxOptions: { speed: 0 } },
      );
      try {
        const app = await replicas.start();
        const date = new Date(replicas.clock.now().getTime() + 8 * HOUR_MS + DATE * DAY_MS).toISOString().slice(0, 10);
        const requests = async (most: number): Promise<number> => {
          const before = replicas.sandbox.requests().length;
          for (let i = 0; i < most; i++) {
            replicas.clock.advance(2_050);
            await app.tick();
          }
          return replicas.sandbox.requests().length - before;
        };
        const audits = async () => {
          await app.sync.everyFiveSeconds();
          const { _sum } = await app.prisma.accuracy.aggregate({ _sum: { audits: true, trueAudits: true } });
          return _sum;
        };
        await requests(18);
        expect(await audits()).toEqual({ audits: null, trueAudits: null });
        // Only one date of one experience is read.
        for (let i = 0; i < 30; i++) await readSlots(app, 15, date);
        await app.sync.everyFiveSeconds();
        const before = await app.prisma.day.findFirstOrThrow({ where: { experienceId: 15, date: new Date(date) } });
        const sent = await requests(40);
        const { audits: drawn, trueAudits } = await audits();
        expect(drawn).toBeGreaterThanOrEqual(2);
        expect(drawn).toBeLessThanOrEqual(0.2 * sent + 1);
        expect(trueAudits).toBe(drawn);
        const after = await app.prisma.day.findFirstOrThrow({ where: { experienceId: 15, date: new Date(date) } });
        expect(after.confirmedAt?.getTime()).toBeGreaterThan(before.confirmedAt?.getTime() ?? Infinity);
      } finally {
        await replicas.close();
      }
    },
    TIMEOUT_MS,
  );
});
