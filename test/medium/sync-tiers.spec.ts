import { afterEach, describe, expect, it } from '@jest/globals';
import { arrivalsByDay, gaps } from '../setup/arrivals.js';
import { LogCapture } from '../setup/log-capture.js';
import { Replicas } from '../setup/replicas.js';
import type { TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

/** Hundreds of requests, one after the other: some seconds, and many on a machine that is busy with something else. */
const TIMEOUT_MS = 120_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Nothing is asked for later than this after its promise broke. */
const GRACE_MS = 20 * SECOND_MS;
/** A day may be asked for so long before its promise breaks. */
const SLACK_MS = 2 * MINUTE_MS;
const PACE_MS = 2_100;
/** However quiet it is, the sync is not left alone for longer. */
const LONGEST_STEP_MS = 10 * MINUTE_MS;

/** In Singapore, which has no daylight saving time. */
function dateAt(instant: number, days = 0): string {
  return new Date(instant + 8 * HOUR_MS + days * DAY_MS).toISOString().slice(0, 10);
}

function startOf(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`);
}

const TIERS = '1:15m,3:2h';

function ageOf(lead: number): number {
  return lead === 0 ? 15 * MINUTE_MS : 2 * HOUR_MS;
}

function leadAt(instant: number, date: string): number {
  return (startOf(date) - startOf(dateAt(instant))) / DAY_MS;
}

/** When a day confirmed at that instant becomes older than its tier allows; never while it can be asked for: its end. */
function breaks(confirmed: number, date: string): number {
  for (let lead = leadAt(confirmed, date); lead >= 0; lead -= 1) {
    const begins = startOf(date) - lead * DAY_MS;
    const at = Math.max(begins, confirmed + ageOf(lead));
    if (at < begins + DAY_MS) return at;
  }
  return startOf(date) + DAY_MS;
}

describe('The freshness', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  const now = (): number => replicas.clock.now().getTime();
  const days = (): string[] => replicas.sandbox.requests().map(({ date, experienceId }) => `${date} ${experienceId}`);

  /** Ticks at the pace of the budget while there is work; where there is none, jumps to where some may be. */
  const pass = async (app: TestApp, end: number, paceMs = PACE_MS): Promise<void> => {
    for (let asked = 1; now() < end;) {
      const next = asked > 0 ? now() + paceMs : Math.min(await nextDue(app), startOf(dateAt(now(), 1)) + SECOND_MS);
      replicas.clock.set(new Date(Math.min(Math.max(next, now() + SECOND_MS), now() + LONGEST_STEP_MS)));
      asked = await app.tick();
    }
  };
  const nextDue = async (app: TestApp): Promise<number> => {
    const { _min } = await app.prisma.day.aggregate({ _min: { dueAt: true } });
    return _min.dueAt?.getTime() ?? Infinity;
  };

  it('of the nearest dates of all experiences alike comes first after a cold start', async () => {
    replicas = await Replicas.create({ EXPERIENCES: '14,15,16,17,18', SUPPLIER_REQUESTS_PER_MINUTE: '30' });
    await replicas.start();
    await replicas.run(0.7);
    const expected = [0, 1, 2].flatMap((lead) => [14, 15, 16, 17, 18].map((id) => `${dateAt(now(), lead)} ${id}`));
    expect(days().slice(0, 15).sort()).toEqual(expected);
    // Of one date in any order, of two dates the nearer one first.
    expect(days().map((day) => day.slice(0, 10))).toEqual(
      days()
        .map((day) => day.slice(0, 10))
        .sort(),
    );
  });

  it(
    'keeps every promise of the tiers for a day and both of its midnights, and asks no more often than they say',
    async () => {
      const start = startOf('2026-03-03') - 2 * HOUR_MS;
      replicas = await Replicas.create(
        { EXPERIENCES: '14,15', SUPPLIER_REQUESTS_PER_MINUTE: '30', SYNC_TIERS: TIERS },
        { clock: new TestClock(new Date(start)) },
      );
      const app = await replicas.start();
      await pass(app, start + 28 * HOUR_MS);
      const byDay = arrivalsByDay(replicas.sandbox.requests());
      const late: string[] = [];
      for (const id of [14, 15]) {
        for (const date of [-1, 0, 1, 2, 3].map((days) => dateAt(startOf('2026-03-03'), days))) {
          const arrivals = byDay.get(`${id}/${date}`) ?? [];
          const enters = Math.max(start, startOf(date) - 2 * DAY_MS);
          const over = Math.min(startOf(date) + DAY_MS, now());
          expect(arrivals[0]).toBeLessThanOrEqual(enters + GRACE_MS);
          expect(arrivals.at(-1)).toBeLessThanOrEqual(over);
          arrivals.forEach((at, i) => {
            const next = arrivals[i + 1] ?? over;
            if (next > breaks(at, date) + GRACE_MS) late.push(`${id}/${date}: ${at} .. ${next}`);
            // Nor is it asked for much earlier than it has to be, of its own tier or of the one that it is about to enter.
            const age = ageOf(leadAt(at + SLACK_MS, date));
            if (i > 0) expect(at - (arrivals[i - 1] ?? at)).toBeGreaterThanOrEqual(age - SLACK_MS);
          });
        }
        const wholeDay = byDay.get(`${id}/2026-03-03`)?.filter((at) => leadAt(at, '2026-03-03') === 0);
        expect(wholeDay?.length).toBeGreaterThanOrEqual(96);
        expect(wholeDay?.length).toBeLessThanOrEqual(110);
      }
      expect(late).toEqual([]);
      // The window moved: the date that came into it is known.
      expect(await app.prisma.day.count({ where: { confirmedAt: null, dueAt: { not: null } } })).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'of today is not given up while a large catalogue is fetched for the first time',
    async () => {
      const ids = Array.from({ length: 20 }, (_, i) => 14 + i);
      replicas = await Replicas.create(
        { EXPERIENCES: ids.join(), SUPPLIER_REQUESTS_PER_MINUTE: '10' },
        { sandboxOptions: { products: 20 } },
      );
      const app = await replicas.start();
      const start = now();
      await pass(app, start + 36 * MINUTE_MS, 3 * PACE_MS);
      const arrivals = arrivalsByDay(replicas.sandbox.requests());
      for (const id of ids) {
        const today = arrivals.get(`${id}/${dateAt(start)}`) ?? [];
        [...today, now()].forEach((at, i, all) => {
          expect(at - (all[i - 1] ?? start)).toBeLessThanOrEqual(15 * MINUTE_MS + GRACE_MS);
        });
      }
      // And the fill goes on: what is left of the budget goes to days that nobody asked for yet.
      expect(arrivals.size).toBeGreaterThanOrEqual(10 * 36 * 0.96 - 20 * 3);
    },
    TIMEOUT_MS,
  );

  it('survives a midnight that two replicas meet at the same instant', async () => {
    const log = new LogCapture();
    const clock = new TestClock(new Date(startOf('2026-03-03') - MINUTE_MS));
    replicas = await Replicas.create(
      { EXPERIENCES: Array.from({ length: 20 }, (_, i) => 14 + i).join(), SYNC_TIERS: '2:24h' },
      { clock, sandboxOptions: { products: 20 } },
    );
    const apps = [await replicas.start({ logger: log }), await replicas.start({ logger: log })];
    for (let days = 0; days < 5; days += 1) {
      await replicas.run(0.05);
      clock.set(new Date(startOf(dateAt(now(), 1)) - 5 * SECOND_MS));
      await replicas.run(0.1);
    }
    await apps[0]?.syncUntilIdle();
    expect(log.errors).toEqual([]);
    const arrivals = arrivalsByDay(replicas.sandbox.requests());
    expect(arrivals.size).toBe(20 * 7);
    for (const each of arrivals.values()) expect(Math.min(...gaps(each), DAY_MS)).toBeGreaterThan(HOUR_MS);
  });
});
