import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import type { Fault } from '../../src/sandbox/index.js';
import { dayRow, forget, knowledgeOf, makeDue } from '../setup/day-row.js';
import { expectedSlots } from '../setup/expected-slots.js';
import { sandboxPax, sandboxSlot } from '../setup/day-factory.js';
import { LogCapture } from '../setup/log-capture.js';
import { readSlots, syncStatus } from '../setup/sync-api.js';
import { startTestApp, SUPPLIER_KEY, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

/** Sells something every day. */
const ID = 16;
const ENV = {
  EXPERIENCES: String(ID),
  SYNC_TIERS: '40:24h',
  SUPPLIER_REQUESTS_PER_MINUTE: '1800',
  SUPPLIER_TIMEOUT: '500ms',
};

type Kind = Pick<Fault, 'kind'> & { readonly status?: number; readonly latencyMs?: number };
/** What is told of it, and what a reader of a day is told that was never known. */
type Told = readonly [error: RegExp, code: 'NOT_SYNCED_YET' | 'DAY_UNAVAILABLE'];
const late = (error: RegExp): Told => [error, 'NOT_SYNCED_YET'];
const answered = (error: RegExp): Told => [error, 'DAY_UNAVAILABLE'];
const FAULTS: readonly (readonly [what: string, fault: Kind, told: Told])[] = [
  ['never answers', { kind: 'hang' }, late(/^timeout: .*500 ms/)],
  ['answers too late', { kind: 'latency', latencyMs: 2_000 }, late(/^timeout: .*500 ms/)],
  ['destroys the connection', { kind: 'reset' }, late(/^unreachable: /)],
  ['breaks off in the middle', { kind: 'half' }, late(/^unreachable: /)],
  ['answers 500', { kind: 'status', status: 500 }, late(/^supplier_error: .*500/)],
  ['answers 503', { kind: 'status', status: 503 }, late(/^supplier_error: .*503/)],
  ['answers 401', { kind: 'status', status: 401 }, answered(/^unauthorized: .*401: "Switched on: status 401"/)],
  ['answers 403', { kind: 'status', status: 403 }, answered(/^unauthorized: .*403/)],
  ['answers 400', { kind: 'status', status: 400 }, answered(/^rejected: .*400/)],
  ['answers 410', { kind: 'status', status: 410 }, answered(/^gone: .*410/)],
  ['redirects', { kind: 'status', status: 302 }, answered(/^moved: .*302/)],
  ['sends half of the JSON', { kind: 'truncated' }, answered(/^bad_answer: .*not JSON/)],
  ['sends a web page', { kind: 'html' }, answered(/^not_the_api: .*Maintenance/)],
  ['sends something that is no list', { kind: 'shape' }, answered(/^bad_answer: .*list/)],
];
/** A date of its own for each fault, so that none sees what another left behind. */
const CASES = FAULTS.map(([what, fault, [told, code]], i) => ({
  what,
  fault: fault as Fault,
  told,
  code,
  known: dateAt(i),
  unknown: dateAt(i + FAULTS.length),
}));

function dateAt(days: number): string {
  return new Date(Date.parse('2026-03-03') + days * 86_400_000).toISOString().slice(0, 10);
}

describe('A supplier that', () => {
  const log = new LogCapture();
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: ENV, logger: log });
    // A busy machine may be late with some of the first ones.
    while ((await app.prisma.day.count({ where: { confirmedAt: { not: null } } })) < 40) {
      app.clock.advance(6_000);
      await app.tick();
    }
  });
  afterEach(() => app.sandbox.clearFaults());
  afterAll(() => app.close());

  /** Asks for the day right now, whatever failed before. */
  const ask = async (date: string): Promise<void> => {
    app.clock.advance(1_100);
    await makeDue(app.prisma, ID, date, app.clock.now());
    await app.prisma.productHealth.deleteMany();
    const before = app.sandbox.requests().length;
    await app.tick();
    const asked = app.sandbox.requests().slice(before);
    // Where a kept connection breaks, the request is sent once more.
    expect(new Set(asked.map((sent) => sent.date))).toEqual(new Set([date]));
  };

  describe.each(CASES)('$what', ({ fault, told, code, known, unknown }) => {
    it('changes nothing of what we know: the failure is counted, told and retried with backoff', async () => {
      const before = await dayRow(app.prisma, ID, known);
      expect(before).toMatchObject({ attempts: 0, version: 1 });
      app.sandbox.setTruth(ID, known, [sandboxSlot({ startDate: known })]);
      app.sandbox.addFault({ ...fault, date: known });
      await ask(known);
      const failed = await dayRow(app.prisma, ID, known);
      expect(knowledgeOf(failed)).toEqual(knowledgeOf(before));
      expect(failed).toMatchObject({ attempts: 1, failedAt: app.clock.now(), leasedUntil: null, leasedBy: null });
      expect(failed.lastError).toMatch(told);
      const wait = (failed.dueAt?.getTime() ?? 0) - app.clock.now().getTime();
      expect(wait).toBeGreaterThanOrEqual(5_000);
      expect(wait).toBeLessThanOrEqual(10_000);
      const { errors } = await syncStatus(app);
      expect(errors).toContainEqual(
        expect.objectContaining({ experienceId: ID, date: known, attempts: 1, error: failed.lastError }),
      );
      expect((await readSlots(app, ID, known)).body.slots).toEqual(JSON.parse(before.slots ?? ''));
    });

    it('is believed again with its next right answer', async () => {
      await ask(known);
      expect(await dayRow(app.prisma, ID, known)).toMatchObject({
        ...{ attempts: 0, lastError: null, failedAt: null, version: 2 },
        ...{ confirmedAt: app.clock.now(), changedAt: app.clock.now() },
      });
      const expected = expectedSlots([sandboxSlot({ startDate: known })]);
      const read = async () => (await readSlots(app, ID, known)).body.slots;
      await until('it is served', async () => isDeepStrictEqual(await read(), expected));
      expect((await syncStatus(app)).errors).not.toContainEqual(expect.objectContaining({ date: known }));
    });

    it('leaves a day unknown that was never fetched: not empty, not closed', async () => {
      await forget(app.prisma, ID, unknown);
      app.sandbox.addFault({ ...fault, date: unknown });
      await ask(unknown);
      const failed = await dayRow(app.prisma, ID, unknown);
      expect(failed).toMatchObject({ slots: null, confirmedAt: null, version: 0 });
      expect(failed.attempts).toBe(1);
      expect(failed.lastError).toMatch(told);
      expect(await readSlots(app, ID, unknown)).toMatchObject({ status: 503, body: { code } });
      app.sandbox.clearFaults();
      await ask(unknown);
      expect(await readSlots(app, ID, unknown)).toMatchObject({
        status: 200,
        body: { slots: expectedSlots(app.sandbox.truth(ID, unknown)) },
      });
    });
  });

  it('fails never learns our key back from the logs or the status', async () => {
    expect(log.text).toMatch(/the supplier answered 401/);
    expect(log.text).not.toContain(SUPPLIER_KEY);
    expect(JSON.stringify(await syncStatus(app))).not.toContain(SUPPLIER_KEY);
    expect(log.errors).toEqual([]);
  });

  it.each([
    ['a page', `Who is ${SUPPLIER_KEY}?`],
    ['a message', { message: `the key ${SUPPLIER_KEY} is not welcome` }],
    ['an entry', [SUPPLIER_KEY]],
  ])('repeats our key in %s does not make us repeat it in the logs or the status', async (_what, answer) => {
    log.clear();
    app.sandbox.setTruth(ID, dateAt(0), answer);
    await ask(dateAt(0));
    expect((await dayRow(app.prisma, ID, dateAt(0))).attempts).toBeGreaterThan(0);
    expect(JSON.stringify(await syncStatus(app))).not.toContain(SUPPLIER_KEY);
    expect(log.text).not.toContain(SUPPLIER_KEY);
  });

  it.each([
    ['a NUL', sandboxPax({ name: 'A\0B' })],
    ['half of a character', sandboxPax({ name: 'A\ud83dB' })],
  ])('sends a name with %s, which no database holds, is taken without the name', async (_what, pax) => {
    app.sandbox.setTruth(ID, dateAt(1), [sandboxSlot({ startDate: dateAt(1), paxAvailability: [pax] })]);
    await ask(dateAt(1));
    const expected = expectedSlots([sandboxSlot({ startDate: dateAt(1), paxAvailability: [{ ...pax, name: null }] })]);
    const read = async () => (await readSlots(app, ID, dateAt(1))).body.slots;
    await until('it is served', async () => isDeepStrictEqual(await read(), expected));
    expect((await syncStatus(app)).oddities).toContainEqual(
      expect.objectContaining({ experienceId: ID, code: 'unreadable_label', date: dateAt(1) }),
    );
    expect(log.errors).toEqual([]);
  });

  it.each([
    ['lists a slot twice', 'duplicate', 0],
    ['sends numbers that cannot be', 'absurd', 1],
    ['leaves out the pax types of one slot', 'malformedSlot', 1],
  ] as const)('%s is believed in the rest', async (_what, kind, dropped) => {
    const date = dateAt(2);
    const slots = [
      sandboxSlot({ startDate: date, startTime: '18:00' }),
      sandboxSlot({ startDate: date, startTime: '19:00' }),
    ];
    app.sandbox.setTruth(ID, date, slots);
    app.sandbox.addFault({ kind, date });
    await ask(date);
    const row = await dayRow(app.prisma, ID, date);
    expect(row).toMatchObject({ attempts: 0, confirmedAt: app.clock.now() });
    const read = async () => (await readSlots(app, ID, date)).body.slots;
    await until('it is served', async () => (await read())?.length === 2 - dropped);
  });
});
