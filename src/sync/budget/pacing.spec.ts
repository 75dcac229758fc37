import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CLAIM_EVERY_MS,
  CLAIM_TAKES_MS,
  intervalMs,
  mostInFlight,
  paceRequests,
  together,
  TOLERANCE_MS,
  type PacingState,
} from './pacing.js';

const START = Date.parse('2026-03-02T04:00:00.000Z');
const MINUTE = 60_000;
const MOST_JITTER_MS = 1_100;

interface Course {
  readonly requestsPerMinute: number;
  /** How long until the next tick. */
  readonly gap: (random: () => number) => number;
  /** How long a request sent at `ms` after the start travels. */
  readonly jitter: (random: () => number, ms: number) => number;
  readonly minutes: number;
  readonly seed: number;
  /** What share of the grants is used at most ticks. */
  readonly use?: (random: () => number) => number;
  /** How many times as long as the budget's the interval is at a tick. */
  readonly stretch?: (random: () => number) => number;
}

const everyTick = fc.constantFrom<Course['gap']>(
  () => 100,
  (random) => 1 + random() * 300,
  (random) => (random() < 0.01 ? random() * 90_000 : 100 + random() * 50),
  (random) => random() * 3_000,
);

/** Among them the worst: slow up to some instant, and at once from then on. */
const everyJitter: fc.Arbitrary<Course['jitter']> = fc.oneof(
  fc.constantFrom<Course['jitter']>(
    () => 0,
    (random) => random() * MOST_JITTER_MS,
    (random) => (random() < 0.5 ? 0 : MOST_JITTER_MS),
  ),
  fc.integer({ min: 0, max: 2 * MINUTE }).map<Course['jitter']>((turn) => (_, ms) => (ms < turn ? MOST_JITTER_MS : 0)),
);

const everyCourse: fc.Arbitrary<Course> = fc.record({
  requestsPerMinute: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 6_000 })),
  gap: everyTick,
  jitter: everyJitter,
  minutes: fc.constant(4),
  seed: fc.integer(),
  use: fc.constantFrom<NonNullable<Course['use']>>(
    () => 1,
    (random) => random(),
  ),
  stretch: fc.constantFrom<NonNullable<Course['stretch']>>(
    () => 1,
    (random) => 1 + 15 * random(),
    (random) => (random() < 0.9 ? 1 : 16),
  ),
});

describe('the budget', () => {
  it('holds in any 60 seconds, however irregular the ticks, the ways of the requests and the throttling', () => {
    fc.assert(
      fc.property(everyCourse, (course) => {
        const arrivals = run(course).toSorted((a, b) => a - b);
        const { requestsPerMinute } = course;
        const crowded = arrivals.findIndex((at, i) => (arrivals[i + requestsPerMinute] ?? Infinity) - at < MINUTE);
        expect(crowded).toBe(-1);
      }),
      { numRuns: 150 },
    );
  });

  it('is used to 97 % at least while there is work', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6_000 }), (requestsPerMinute) => {
        const minutes = 10;
        const sent = run({ requestsPerMinute, gap: () => 100, jitter: () => 0, minutes, seed: 1 }).length;
        // The first request stands at the very start; only whole ones count.
        expect(sent).toBeGreaterThanOrEqual(Math.floor(requestsPerMinute * minutes * 0.97));
      }),
      { numRuns: 200, examples: [[1], [30], [60], [100], [300], [634], [3_106], [6_000]] },
    );
  });
});

describe('pacing', () => {
  const at = (ms: number) => new Date(START + ms);
  const state = (nextAtMs: number, blockedMs?: number): PacingState => ({
    nextAtMs: START + nextAtMs,
    blockedUntil: blockedMs === undefined ? null : at(blockedMs),
  });

  it('grants one request when its time has come, and the next an interval later', () => {
    const grants = paceRequests(state(0), at(0), intervalMs(30), 10);
    expect(grants.count).toBe(1);
    expect(grants.nextAtMs(1)).toBe(START + intervalMs(30));
    expect(paceRequests(state(1), at(0), intervalMs(30), 10).count).toBe(0);
  });

  it('keeps to the grid when a tick is late by less than the tolerance', () => {
    expect(paceRequests(state(0), at(TOLERANCE_MS), intervalMs(30), 10).nextAtMs(1)).toBe(START + intervalMs(30));
  });

  it('does not make up for what was not asked', () => {
    const grants = paceRequests(state(0), at(10 * MINUTE), intervalMs(30), 10);
    expect(grants.count).toBe(1);
    expect(grants.nextAtMs(1)).toBe(START + 10 * MINUTE - TOLERANCE_MS + intervalMs(30));
  });

  it('claims several requests together where the interval is short, so early that none of them is lost', () => {
    expect([30, 100, 292, 293, 300, 600, 6_000].map((each) => together(intervalMs(each)))).toEqual([
      1, 1, 1, 2, 2, 3, 21,
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6_000 }), (requestsPerMinute) => {
        const interval = intervalMs(requestsPerMinute);
        const due = paceRequests(state(0), at(0), interval, 0).togetherAtMs(0);
        const late = paceRequests(state(0), new Date(due + CLAIM_EVERY_MS + CLAIM_TAKES_MS), interval, 64);
        expect(late.count).toBeGreaterThanOrEqual(together(interval));
        expect(late.nextAtMs(late.count)).toBeCloseTo(START + late.count * interval);
      }),
    );
  });

  it('grants no more than there is room for, and takes nothing for what is not used', () => {
    expect(paceRequests(state(0), at(200), intervalMs(6_000), 5).count).toBe(5);
    expect(paceRequests(state(0), at(200), intervalMs(6_000), 0).count).toBe(0);
    expect(paceRequests(state(0), at(200), intervalMs(6_000), -1).count).toBe(0);
    expect(paceRequests(state(0), at(200), intervalMs(6_000), 5).nextAtMs(0)).toBe(START);
  });

  it('grants nothing while the supplier forbids it, and says until when', () => {
    const grants = paceRequests(state(0, 17_000), at(16_999), intervalMs(30), 10);
    expect(grants.count).toBe(0);
    expect(grants.nextAtMs(0)).toBe(START + 17_000);
    expect(paceRequests(state(0, 17_000), at(17_000), intervalMs(30), 10).count).toBe(1);
  });

  it('is not held up by a clock that ran ahead', () => {
    const grants = paceRequests(state(60 * MINUTE), at(0), intervalMs(30), 10);
    expect(grants.nextAtMs(0)).toBeLessThanOrEqual(START + intervalMs(30));
  });
});

describe('how many requests may be in flight', () => {
  it.each([
    [30, 10_000, 6],
    [30, 500, 2],
    [1, 10_000, 2],
    [300, 10_000, 50],
    [6_000, 10_000, 64],
  ])('at %d a minute and a timeout of %d ms: %d', (requestsPerMinute, timeoutMs, most) => {
    expect(mostInFlight(requestsPerMinute, timeoutMs)).toBe(most);
  });
});

/** Sends whatever is granted. @returns when each request arrives, milliseconds after the start */
function run({ requestsPerMinute, gap, jitter, minutes, seed, use = () => 1, stretch = () => 1 }: Course): number[] {
  const random = randomFrom(seed);
  const arrivals: number[] = [];
  let state: PacingState = { nextAtMs: START, blockedUntil: null };
  for (let ms = 0; ms < minutes * MINUTE; ms += gap(random)) {
    // Instants are whole milliseconds, as a clock tells them; the request leaves at the instant of the tick.
    const interval = intervalMs(requestsPerMinute) * stretch(random);
    const grants = paceRequests(state, new Date(START + Math.floor(ms)), interval, 64);
    const used = Math.round(grants.count * use(random));
    if (used === 0) continue;
    for (let i = 0; i < used; i++) arrivals.push(Math.floor(ms) + jitter(random, ms));
    state = { nextAtMs: grants.nextAtMs(used), blockedUntil: null };
  }
  return arrivals;
}

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
