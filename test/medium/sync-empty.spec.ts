import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dayRow, forget, knowledgeOf, makeDue } from '../setup/day-row.js';
import { expectedSlots } from '../setup/expected-slots.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { readSlots, syncStatus } from '../setup/sync-api.js';
import { startTestApp, type TestApp, type TestAppOptions } from '../setup/test-app.js';

/** Sells something every day. */
const ID = 16;
const ENV = { EXPERIENCES: String(ID), SYNC_TIERS: '20:24h' };
const MINUTE_MS = 60_000;

describe('An empty answer', () => {
  let app: TestApp;
  let days = 0;
  /** Of each test its own. */
  let date: string;

  const nextDate = (): string =>
    new Date(Date.parse('2026-03-02') + (days += 1) * 86_400_000).toISOString().slice(0, 10);
  const row = () => dayRow(app.prisma, ID, date);
  const served = () => readSlots(app, ID, date);

  /** The supplier answers this, and is asked at once. */
  const answer = async (slots: unknown): Promise<void> => {
    app.sandbox.setTruth(ID, date, slots);
    app.clock.advance(1_100);
    await makeDue(app.prisma, ID, date, app.clock.now());
    // However often its product failed.
    await app.prisma.productHealth.deleteMany();
    expect(await app.tick()).toBe(1);
  };

  beforeAll(async () => {
    app = await startTestApp({ env: ENV, sandboxOptions: { speed: 0 } });
    await app.syncUntilIdle();
  });
  beforeEach(async () => {
    date = nextDate();
    // What other tests left open waits until they are all over.
    await app.prisma.$executeRaw`UPDATE day SET due_at = ${app.clock.now()}::timestamptz + interval '12 hours'`;
  });
  afterAll(() => app.close());

  it('for a day that had open slots is not believed at first: what we knew stays, as old as it is', async () => {
    const before = await row();
    await answer([]);
    const after = await row();
    expect(knowledgeOf(after)).toEqual(knowledgeOf(before));
    expect(after).toMatchObject({ emptySeenAt: app.clock.now(), leasedUntil: null, leasedBy: null });
    expect(await served()).toMatchObject({
      status: 200,
      body: { asOf: before.confirmedAt?.toISOString(), slots: JSON.parse(before.slots ?? '') as unknown[] },
    });
  });

  it('is checked within a minute, and believed when the second says so too', async () => {
    app.sandbox.setTruth(ID, date, []);
    await makeDue(app.prisma, ID, date, app.clock.now());
    app.clock.advance(1_100);
    const first = app.clock.now().getTime();
    expect(await app.tick()).toBe(1);
    while ((await app.tick()) === 0 && app.clock.now().getTime() < first + MINUTE_MS) app.clock.advance(1_100);
    expect(app.sandbox.requests().at(-1)).toMatchObject({ date });
    expect(app.sandbox.requests().at(-1)?.at).toBeGreaterThan(first);
    expect(await row()).toMatchObject({
      ...{ slots: '[]', openSlots: 0, remaining: '0', finalPrice: null, currencyCode: null, version: 2 },
      ...{ confirmedAt: app.clock.now(), changedAt: app.clock.now(), emptySeenAt: null },
    });
    expect(await served()).toMatchObject({ status: 200, body: { asOf: app.clock.now().toISOString(), slots: [] } });
  });

  it('is forgotten when the second is not empty: the doubt begins anew with the next one', async () => {
    await answer([]);
    await answer([sandboxSlot({ startDate: date })]);
    expect(await row()).toMatchObject({ emptySeenAt: null, version: 2, confirmedAt: app.clock.now() });
    await answer([]);
    expect(await row()).toMatchObject({ emptySeenAt: app.clock.now(), version: 2, openSlots: 1 });
    expect((await served()).body.slots).toEqual(expectedSlots([sandboxSlot({ startDate: date })]));
  });

  it('is forgotten, too, when the second says what we knew before', async () => {
    const before = await row();
    await answer([]);
    await answer(undefined);
    expect(await row()).toMatchObject({
      ...{ emptySeenAt: null, version: before.version, slots: before.slots },
      ...{ confirmedAt: app.clock.now(), changedAt: before.changedAt },
    });
  });

  it('is not confirmed by a request that fails', async () => {
    const before = await row();
    await answer([]);
    for (const broken of [null, {}, 'gone', [{}]]) await answer(broken);
    expect(knowledgeOf(await row())).toEqual(knowledgeOf(before));
  });

  it('for a day that was sold out is believed at once', async () => {
    await answer([
      sandboxSlot({ startDate: date, startTime: '10:00', remaining: 0 }),
      sandboxSlot({ startDate: date, startTime: '12:00', remaining: 0 }),
    ]);
    expect(await row()).toMatchObject({ openSlots: 0, version: 2 });
    expect((await served()).body.slots).toHaveLength(2);
    await answer([]);
    expect(await row()).toMatchObject({ slots: '[]', version: 3, confirmedAt: app.clock.now(), emptySeenAt: null });
  });

  it('for a day that was empty is one more confirmation', async () => {
    await answer([]);
    await answer([]);
    const { changedAt } = await row();
    await answer([]);
    expect(await row()).toMatchObject({ slots: '[]', version: 2, confirmedAt: app.clock.now(), changedAt });
  });

  it('for a day that was never fetched is believed at once', async () => {
    await forget(app.prisma, ID, date);
    await answer([]);
    expect(await row()).toMatchObject({ slots: '[]', version: 1, openSlots: 0, emptySeenAt: null });
    expect(await served()).toMatchObject({ status: 200, body: { slots: [] } });
  });

  it('that is not believed is counted as a request, and as no change, failure or refusal', async () => {
    await app.sync.beforeApplicationShutdown();
    await app.prisma.syncRun.deleteMany();
    const other = await startTestApp({ env: ENV, ...shared(app) });
    app.sandbox.setTruth(ID, date, []);
    await makeDue(app.prisma, ID, date, app.clock.now());
    expect(await other.tick()).toBe(1);
    await other.close();
    expect(await app.prisma.syncRun.findMany()).toMatchObject([
      { requested: 1, changed: 0, unchanged: 0, failed: 0, refused: 0 },
    ]);
    expect((await syncStatus(app)).errors.filter((error) => error.date === date)).toEqual([]);
  });
});

function shared({ clock, database, sandbox, sandboxUrl }: TestApp): TestAppOptions {
  return { clock, database, sandbox, sandboxUrl };
}
