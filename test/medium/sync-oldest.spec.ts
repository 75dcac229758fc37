import { afterEach, describe, expect, it } from '@jest/globals';
import { Suppliers } from '../../src/supplier/index.js';
import { SupplierCapacities } from '../../src/sync/capacity/supplier-capacities.js';
import { DayOpening } from '../../src/sync/schedule/day-opening.js';
import { dayOf } from '../setup/arrivals.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { Replicas } from '../setup/replicas.js';
import { readSlots } from '../setup/sync-api.js';
import type { TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

const TIMEOUT_MS = 300_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of one request a minute, see `budget/pacing.ts`. */
const PACE_MS = 61_500;
const FIRST_ID = 14;
const WINDOW = 31;
/** What readers look at. */
const POPULAR = [FIRST_ID, FIRST_ID + 1, FIRST_ID + 2];
/** A day enters the max-age lane before it is 96 hours old. */
const LANE_MS = 86.4 * HOUR_MS;
/** One hour before the last start of each date, in Singapore. */
const START = Date.parse('2026-03-02T11:00:00+08:00');
const LAST_START = '12:00';

interface Sent {
  readonly experienceId: number;
  /** Of what was known of the day, milliseconds. */
  readonly age: number;
}

/** A catalogue that was filled, each day once, over the last 3.6 days. The budget keeps few of the max ages of its tiers. */
describe('The greatest age, where the budget is scarce', () => {
  let replicas: Replicas;
  let app: TestApp;

  afterEach(() => replicas.close());

  const now = (): number => replicas.clock.now().getTime();
  const dateIn = (days: number): string => new Date(now() + 8 * HOUR_MS + days * DAY_MS).toISOString().slice(0, 10);

  const start = async (experiences: number): Promise<void> => {
    const ids = Array.from({ length: experiences }, (_, i) => FIRST_ID + i);
    const env = { EXPERIENCES: ids.join(), SYNC_TIERS: `1:15m,7:4h,${WINDOW}:24h`, SUPPLIER_REQUESTS_PER_MINUTE: '1' };
    replicas = await Replicas.create(env, {
      clock: new TestClock(new Date(START)),
      sandboxOptions: { speed: 0, products: experiences },
    });
    for (const id of ids) {
      for (let lead = 0; lead <= WINDOW; lead++) {
        const slot = { startDate: dateIn(lead), startTime: LAST_START, providerSlotId: 'the same every day' };
        replicas.sandbox.setTruth(id, dateIn(lead), [sandboxSlot(slot)]);
      }
    }
    app = await replicas.start();
    await app.tick();
    await app.app.get(DayOpening).advanceNow();
    await fill();
    for (let i = 0; i < experiences; i++) await app.sync.everyTwoSeconds();
  };

  /** All days as the first one, confirmed one after the other, nearest dates first. */
  const fill = async (): Promise<void> => {
    await app.prisma.$executeRaw`
      UPDATE day SET slots = f.slots, fingerprint = f.fingerprint, version = 1, open_slots = f.open_slots,
        remaining = f.remaining, final_price = f.final_price, original_price = f.original_price, discount = f.discount,
        currency_code = f.currency_code, closings = f.closings, short_slots = f.short_slots, last_start = f.last_start,
        dropped_slots = 0, refresh_value = NULL, confirmed_at = o.at, changed_at = o.at,
        stale_after = o.at + interval '1 day', due_at = o.at + interval '1 day'
      FROM (SELECT * FROM day WHERE confirmed_at IS NOT NULL) AS f, (
        SELECT experience_id, date, ${new Date(now() - LANE_MS)}::timestamptz
          + ((row_number() OVER (ORDER BY date, experience_id)) * ${LANE_MS}::float8 / (count(*) OVER ())) * interval '1 ms' AS at
        FROM day) AS o
      WHERE day.experience_id = o.experience_id AND day.date = o.date`;
  };

  /** Plays some hours. @returns what was sent, and the greatest age of a mirrored day at any time */
  const play = async (hours: number): Promise<{ readonly sent: readonly Sent[]; readonly oldest: number }> => {
    const end = now() + hours * HOUR_MS;
    const rows = await app.prisma.day.findMany({ select: { experienceId: true, date: true, confirmedAt: true } });
    const confirmed = new Map(
      rows.map(({ experienceId, date, confirmedAt }) => [
        dayOf({ experienceId, date: date.toISOString().slice(0, 10) }),
        confirmedAt?.getTime() ?? NaN,
      ]),
    );
    const sent: Sent[] = [];
    let oldest = 0;
    for (let i = 0; now() < end; i++) {
      replicas.clock.advance(PACE_MS);
      if (i % 20 === 0) await readAndLearn();
      const before = replicas.sandbox.requests().length;
      await app.tick();
      for (const request of replicas.sandbox.requests().slice(before)) {
        const day = dayOf(request);
        sent.push({ experienceId: Number(request.experienceId), age: request.at - (confirmed.get(day) ?? NaN) });
        confirmed.set(day, request.at);
      }
      oldest = Math.max(oldest, now() - Math.min(...confirmed.values()));
    }
    expect(oldest).not.toBeNaN();
    return { sent, oldest };
  };
  const readAndLearn = async (): Promise<void> => {
    for (const id of POPULAR) for (let lead = 0; lead < 7; lead++) await readSlots(app, id, dateIn(lead));
    await app.sync.everyFiveSeconds();
    for (let i = 0; i < 5; i++) await app.sync.everyTwoSeconds();
    await app.sync.everyMinute();
  };
  const feasibility = () =>
    app.app
      .get(SupplierCapacities)
      .of('leap')
      .feasibility(app.app.get(Suppliers).all[0]?.settings.requestsPerMinute ?? 0);
  /** Those for days that were in the lane, and the others. */
  const byLane = (sent: readonly Sent[]): [old: Sent[], others: Sent[]] => [
    sent.filter(({ age }) => age >= LANE_MS),
    sent.filter(({ age }) => age < LANE_MS),
  ];
  const isPopular = ({ experienceId }: Sent): boolean => POPULAR.includes(experienceId);

  it(
    'is kept where a round takes half of the budget, by no more than that half: the rest goes to what is read',
    async () => {
      await start(84);
      expect(feasibility()).toEqual({ maxAges: false, rounds: true });
      const { sent, oldest } = await play(3);
      // Were a day late by more than it takes to send a few requests, it would be by ever more: of 96 hours 9.6 are left. After the
      // first hour today can't be booked any more. It holds up no other day.
      expect(oldest).toBeLessThan(LANE_MS + HOUR_MS / 2);
      const [old, others] = byLane(sent);
      expect(old.length).toBeGreaterThan(0.2 * sent.length);
      // A round of all days takes 44.5 hours of the budget.
      expect(old.length).toBeLessThan((44.5 / 86.4) * sent.length);
      expect(others.filter(isPopular).length).toBeGreaterThan(others.length / 4);
    },
    TIMEOUT_MS,
  );

  it(
    'takes a twentieth of the budget where a round would take nearly all of it',
    async () => {
      await start(170);
      expect(feasibility()).toEqual({ maxAges: false, rounds: false });
      const { sent } = await play(2);
      const [old, others] = byLane(sent);
      expect(old.length).toBeGreaterThan(0);
      // Beside it, the days overdue by their tiers have a twentieth.
      expect(old.length).toBeLessThanOrEqual(0.1 * sent.length + 1);
      expect(others.filter(isPopular).length).toBeGreaterThan(others.length / 4);
    },
    TIMEOUT_MS,
  );
});
