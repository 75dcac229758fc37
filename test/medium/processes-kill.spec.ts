import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrivalsByDay, gaps, mostWithin } from '../setup/arrivals.js';
import { Deployment } from '../setup/deployment.js';
import { until } from '../setup/until.js';

const LATENCY_MS = 150;
const TIMEOUT_MS = 3_000;
const ENV = {
  EXPERIENCES: '14,15,16,17,18',
  SYNC_TIERS: '12:24h',
  SUPPLIER_REQUESTS_PER_MINUTE: '600',
  SUPPLIER_TIMEOUT: `${TIMEOUT_MS}ms`,
};
const DAYS = 5 * 12;
/** When each life ends: so many milliseconds after so many requests. Between two requests, in one, while an answer is recorded. */
const KILLS = [
  { requests: 3, ms: 0 },
  { requests: 9, ms: 75 },
  { requests: 5, ms: 150 },
  { requests: 7, ms: 20 },
];

describe('A process that is killed again and again while it syncs', () => {
  let deployment: Deployment;
  /** When each process was started, served, and was killed, epoch milliseconds. */
  const lives: { served: number; killed: number }[] = [];
  const wrong: string[] = [];

  beforeAll(async () => {
    deployment = await Deployment.create(ENV, LATENCY_MS);
    for (const { requests, ms } of KILLS) {
      const before = deployment.requests().length;
      const mirror = await deployment.start();
      const served = Date.now();
      const enough = before + requests;
      await until('it syncs', () => deployment.requests().length >= enough);
      await new Promise((resolve) => setTimeout(resolve, ms));
      await mirror.kill();
      lives.push({ served, killed: Date.now() });
      wrong.push(...(await deployment.wrongDays()));
    }
    await deployment.start();
    lives.push({ served: Date.now(), killed: Infinity });
    await until('all is mirrored', async () => (await deployment.count('confirmed_at is not null')) === DAYS, 60_000);
  });
  afterAll(() => deployment.close());

  it('leaves whole days behind at every moment', () => {
    expect(lives.filter(({ killed }) => killed < Infinity)).toHaveLength(KILLS.length);
    expect(wrong).toEqual([]);
  });

  it('ends up with what the supplier says, of every day', async () => {
    expect(await deployment.wrongDays()).toEqual([]);
    expect(await deployment.count('attempts > 0')).toBe(0);
  });

  it('goes on within seconds after each start', () => {
    const requests = deployment.requests();
    for (const { served, killed } of lives) {
      const first = requests.find(({ at }) => at >= served - 1_000 && at <= killed);
      expect(first?.at).toBeLessThanOrEqual(served + 2_000);
    }
  });

  it('asks again only for what was in flight, when that must be over, and for nothing twice at once', () => {
    const byDay = [...arrivalsByDay(deployment.requests()).values()];
    const again = byDay.filter((arrivals) => arrivals.length > 1);
    expect(byDay).toHaveLength(DAYS);
    // At ten requests a second and 150 ms for each, two or three are in flight.
    expect(again.length).toBeLessThanOrEqual(KILLS.length * 6);
    for (const arrivals of again) expect(Math.min(...gaps(arrivals))).toBeGreaterThanOrEqual(TIMEOUT_MS);
  });

  it('keeps to the budget across all its lives', () => {
    const arrivals = deployment.requests().map(({ at }) => at);
    expect(mostWithin(60_000, arrivals)).toBeLessThanOrEqual(600);
    // Of which the fair share of five seconds is 50, and what may stand in a queue is more by half a second.
    expect(mostWithin(5_000, arrivals)).toBeLessThanOrEqual(56);
  });
});
