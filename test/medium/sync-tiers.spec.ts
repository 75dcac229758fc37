import { afterEach, describe, expect, it } from '@jest/globals';
import { arrivalsByDay, gaps } from '../setup/arrivals.js';
import { LogCapture } from '../setup/log-capture.js';
import { Replicas } from '../setup/replicas.js';
import type { TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A day is asked for no later than this after its max age. */
const GRACE_MS = 20 * SECOND_MS;
/** And no earlier than this before it. */
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

describe('The freshness', () => {
  let replicas: Replicas;

  afterEach(() => replicas.close());

  const now = (): number => replicas.clock.now().getTime();

  /** Ticks at the pace of the budget while there is work; where there is none, jumps to where some may be. */
  const pass = async (app: TestApp, end: number, longestStepMs = LONGEST_STEP_MS): Promise<void> => {
    for (let asked = 1; now() < end;) {
      const next = asked > 0 ? now() + PACE_MS : Math.min(await nextDue(app), startOf(dateAt(now(), 1)) + SECOND_MS);
      replicas.clock.set(new Date(Math.min(Math.max(next, now() + SECOND_MS), now() + longestStepMs)));
      asked = await app.tick();
    }
  };
  const nextDue = async (app: TestApp): Promise<number> => {
    const { _min } = await app.prisma.day.aggregate({ _min: { dueAt: true } });
    return _min.dueAt?.getTime() ?? Infinity;
  };

  it('of days that nobody reads is what their tiers say, and costs no more', async () => {
    const start = startOf('2026-03-03') + HOUR_MS;
    replicas = await Replicas.create(
      { EXPERIENCES: '14,15', SUPPLIER_REQUESTS_PER_MINUTE: '30', SYNC_TIERS: '4:4h' },
      { clock: new TestClock(new Date(start)), sandboxOptions: { speed: 0 } },
    );
    const app = await replicas.start();
    await pass(app, start + 19 * HOUR_MS);
    const byDay = arrivalsByDay(replicas.sandbox.requests());
    for (const id of [14, 15]) {
      // Today may be over for buyers, so that nobody has to ask for it.
      for (const date of [1, 2, 3].map((days) => dateAt(start, days))) {
        const between = gaps([...(byDay.get(`${id}/${date}`) ?? []), now()]);
        expect(between.length).toBe(5);
        expect(Math.max(...between)).toBeLessThanOrEqual(4 * HOUR_MS + GRACE_MS);
        expect(Math.min(...between.slice(0, -1))).toBeGreaterThanOrEqual(4 * HOUR_MS - SLACK_MS);
      }
    }
  });

  it('of no day is older than 96 hours where the tiers allow more', async () => {
    const start = startOf('2026-03-03') + HOUR_MS;
    replicas = await Replicas.create(
      { EXPERIENCES: '14', SUPPLIER_REQUESTS_PER_MINUTE: '30', SYNC_TIERS: '12:120h' },
      { clock: new TestClock(new Date(start)), sandboxOptions: { speed: 0 } },
    );
    const app = await replicas.start();
    await pass(app, start + 8 * DAY_MS, HOUR_MS);
    const byDay = arrivalsByDay(replicas.sandbox.requests());
    for (const days of [10, 11]) {
      const arrivals = byDay.get(`14/${dateAt(start, days)}`) ?? [];
      // Nobody reads it: it is asked for shortly before it is so old, and not more often.
      expect(arrivals).toHaveLength(3);
      expect(Math.max(...gaps(arrivals))).toBeLessThanOrEqual(96 * HOUR_MS);
      expect(now() - (arrivals.at(-1) ?? 0)).toBeLessThanOrEqual(96 * HOUR_MS);
    }
  });

  it('survives a midnight that two replicas meet at the same instant', async () => {
    const log = new LogCapture();
    const clock = new TestClock(new Date(startOf('2026-03-03') - MINUTE_MS));
    replicas = await Replicas.create(
      { EXPERIENCES: Array.from({ length: 8 }, (_, i) => 14 + i).join(), SYNC_TIERS: '2:24h' },
      { clock, sandboxOptions: { products: 8 } },
    );
    const apps = [await replicas.start({ logger: log }), await replicas.start({ logger: log })];
    for (let days = 0; days < 3; days += 1) {
      await replicas.run(0.05);
      clock.set(new Date(startOf(dateAt(now(), 1)) - 5 * SECOND_MS));
      await replicas.run(0.1);
    }
    await apps[0]?.syncUntilIdle();
    expect(log.errors).toEqual([]);
    const arrivals = arrivalsByDay(replicas.sandbox.requests());
    expect(arrivals.size).toBe(8 * 5);
    for (const each of arrivals.values()) expect(Math.min(...gaps(each), DAY_MS)).toBeGreaterThan(HOUR_MS);
  });
});
