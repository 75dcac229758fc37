import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../src/sandbox/index.js';
import { dayRow, forget, knowledgeOf, makeDue } from '../setup/day-row.js';
import { expectedSlots } from '../setup/expected-slots.js';
import { partnerPax, partnerSlot } from '../setup/day-factory.js';
import { LogCapture } from '../setup/log-capture.js';
import { readSlots, syncStatus } from '../setup/sync-api.js';
import { startTestApp, SUPPLIER_KEY, type TestApp } from '../setup/test-app.js';

/** Sells something every day. */
const ID = 16;
const ENV = {
  EXPERIENCES: String(ID),
  SYNC_TIERS: '40:24h',
  SUPPLIER_REQUESTS_PER_MINUTE: '1800',
  SUPPLIER_TIMEOUT: '500ms',
};

type Kind = Pick<Fault, 'kind'> & { readonly status?: number; readonly latencyMs?: number };
const FAULTS: readonly (readonly [what: string, fault: Kind, told: RegExp])[] = [
  ['never answers', { kind: 'hang' }, /^timeout: .*500 ms/],
  ['answers too late', { kind: 'latency', latencyMs: 2_000 }, /^timeout: .*500 ms/],
  ['destroys the connection', { kind: 'reset' }, /^unreachable: /],
  ['breaks off in the middle', { kind: 'half' }, /^(unreachable|bad_answer): /],
  ['answers 500', { kind: 'status', status: 500 }, /^supplier_error: .*500/],
  ['answers 503', { kind: 'status', status: 503 }, /^supplier_error: .*503/],
  ['answers 401', { kind: 'status', status: 401 }, /^unauthorized: .*401/],
  ['answers 403', { kind: 'status', status: 403 }, /^unauthorized: .*403/],
  ['answers 404', { kind: 'status', status: 404 }, /^unknown_product: .*404/],
  ['redirects', { kind: 'status', status: 302 }, /^bad_answer: .*302/],
  ['sends half of the JSON', { kind: 'truncated' }, /^bad_answer: .*not JSON/],
  ['sends a web page', { kind: 'html' }, /^bad_answer: .*not JSON/],
  ['sends something that is no list', { kind: 'shape' }, /^bad_answer: .*list/],
  ['sends another date', { kind: 'wrongDate' }, /^bad_answer: .*startDate/],
  ['lists a slot twice', { kind: 'duplicate' }, /^bad_answer: .*twice/],
  ['sends numbers that cannot be', { kind: 'absurd' }, /^bad_answer: .*remaining/],
  ['leaves out the pax types of one slot', { kind: 'malformedSlot' }, /^bad_answer: .*paxAvailability/],
];
/** A date of its own for each fault, so that none sees what another left behind. */
const CASES = FAULTS.map(([what, fault, told], i) => ({
  what,
  fault: fault as Fault,
  told,
  known: dateAt(i),
  unknown: dateAt(i + FAULTS.length),
}));

function dateAt(days: number): string {
  return new Date(Date.parse('2026-03-02') + days * 86_400_000).toISOString().slice(0, 10);
}

describe('A partner that', () => {
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
  afterEach(() => app.partner.clearFaults());
  afterAll(() => app.close());

  /** Asks for the day right now. */
  const ask = async (date: string): Promise<void> => {
    app.clock.advance(1_100);
    await makeDue(app.prisma, ID, date, app.clock.now());
    expect(await app.tick()).toBe(1);
  };

  describe.each(CASES)('$what', ({ fault, told, known, unknown }) => {
    it('changes nothing of what we know: the failure is counted, told and retried with backoff', async () => {
      const before = await dayRow(app.prisma, ID, known);
      expect(before).toMatchObject({ attempts: 0, version: 1 });
      app.partner.setTruth(ID, known, [partnerSlot({ startDate: known })]);
      app.partner.addFault({ ...fault, date: known });
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
      expect((await readSlots(app, ID, known)).body.slots).toEqual(expectedSlots([partnerSlot({ startDate: known })]));
      expect((await syncStatus(app)).errors).not.toContainEqual(expect.objectContaining({ date: known }));
    });

    it('leaves a day unknown that was never fetched: not empty, not closed', async () => {
      await forget(app.prisma, ID, unknown);
      app.partner.addFault({ ...fault, date: unknown });
      await ask(unknown);
      const failed = await dayRow(app.prisma, ID, unknown);
      expect(failed).toMatchObject({ slots: null, confirmedAt: null, version: 0 });
      expect(failed.attempts).toBe(1);
      expect(failed.lastError).toMatch(told);
      expect(await readSlots(app, ID, unknown)).toMatchObject({ status: 503, body: { code: 'NOT_SYNCED_YET' } });
      app.partner.clearFaults();
      await ask(unknown);
      expect(await readSlots(app, ID, unknown)).toMatchObject({
        status: 200,
        body: { slots: expectedSlots(app.partner.truth(ID, unknown)) },
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
    ['a slot', [{ ...partnerSlot({ startDate: dateAt(0) }), startDate: SUPPLIER_KEY }]],
  ])('repeats our key in %s does not make us repeat it in the logs or the status', async (_what, answer) => {
    log.clear();
    app.partner.setTruth(ID, dateAt(0), answer);
    await ask(dateAt(0));
    expect((await dayRow(app.prisma, ID, dateAt(0))).attempts).toBeGreaterThan(0);
    expect(JSON.stringify(await syncStatus(app))).not.toContain(SUPPLIER_KEY);
    expect(log.text).not.toContain(SUPPLIER_KEY);
  });

  it.each([
    ['a NUL', partnerPax({ name: 'A\0B' })],
    ['half of a character', partnerPax({ name: 'A\ud83dB' })],
  ])('sends %s, which no database holds, is refused like any other wrong answer', async (_what, pax) => {
    const before = await dayRow(app.prisma, ID, dateAt(1));
    app.partner.setTruth(ID, dateAt(1), [partnerSlot({ startDate: dateAt(1), paxAvailability: [pax] })]);
    await ask(dateAt(1));
    const after = await dayRow(app.prisma, ID, dateAt(1));
    expect(knowledgeOf(after)).toEqual(knowledgeOf(before));
    expect(after.lastError).toMatch(/^bad_answer: .*name/);
    expect(log.errors).toEqual([]);
  });
});
