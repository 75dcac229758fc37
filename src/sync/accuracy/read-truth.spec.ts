import { describe, expect, it } from '@jest/globals';
import { addTruth, NO_TRUTH, truthOf, type Truth } from './read-truth.js';

const interval = { confirmed: 3, now: 2, reads: 4, weight: 1, at: null, changed: true };

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Days that change at a rate, with reads at random, confirmed at intervals around one activity day. */
function simulate(rate: number, readsEach: number, intervals: number, seed: number) {
  const random = randomFrom(seed);
  let sums: Truth = NO_TRUTH;
  let seenTrue = 0;
  for (let i = 0; i < intervals; i++) {
    const length = 0.5 + random();
    const changeAt = -Math.log(1 - random()) / rate;
    const count = 1 + Math.floor(random() * 2 * readsEach);
    const times = Array.from({ length: count }, () => random() * length);
    seenTrue += times.filter((time) => time < changeAt).length;
    const at = 5 - times.reduce((sum, time) => sum + time, 0) / count;
    const judged = { confirmed: 5, now: 5 - length, reads: count, weight: 1, at, changed: changeAt < length };
    sums = addTruth(
      sums,
      truthOf(judged, (lead) => rate * (5 - lead)),
    );
  }
  return { sums, seenTrue };
}

describe('Reads between two confirmations', () => {
  it('all saw the truth where the answer equals the copy', () => {
    expect(truthOf({ ...interval, changed: false }, (lead) => 3 - lead)).toEqual({
      ...{ reads: 4, unchanged: 4, measured: 4, high: 4, variance: 0, ofChange: 0 },
      expected: expect.closeTo(4 * (1 - Math.exp(-1)), 2) as unknown,
    });
  });

  it('half of them, where it differs and the day hardly ever changes; fewer, where it often does', () => {
    const seldom = truthOf(interval, (lead) => 0.001 * (3 - lead));
    expect(seldom.measured).toBeCloseTo(2, 2);
    const often = truthOf(interval, (lead) => 10 * (3 - lead));
    expect(often.measured / 4).toBeCloseTo(1 / 10, 1);
    for (const { unchanged, measured, high, reads } of [seldom, often]) {
      expect(unchanged).toBe(0);
      expect(measured).toBeLessThanOrEqual(high);
      expect(high).toBeLessThanOrEqual(reads / 2 + 1e-9);
    }
  });

  it('depends on when they were: a read just before the confirmation is hardly ever true, one just after the last one is', () => {
    const at = (lead: number) => truthOf({ ...interval, reads: 1, at: lead }, (u) => 3 - u).measured;
    expect(at(2.001)).toBeLessThan(0.01);
    expect(at(2.999)).toBeGreaterThan(0.99);
  });

  it('outside of the interval counts as at its end; an interval without exposure says half', () => {
    expect(truthOf({ ...interval, reads: 1, at: 1 }, (u) => 3 - u).measured).toBeCloseTo(0);
    expect(truthOf({ ...interval, reads: 1, at: 7 }, (u) => 3 - u).measured).toBeCloseTo(1);
    expect(truthOf(interval, () => 0)).toMatchObject({ measured: 2, high: 2, expected: 4 });
    expect(truthOf({ ...interval, now: 3 }, () => 0)).toMatchObject({ measured: 2 });
  });

  it.each([
    { rate: 0.1, reads: 5 },
    { rate: 1, reads: 1 },
    { rate: 1, reads: 20 },
    { rate: 3, reads: 5 },
  ])(
    'on average is what happened, $reads reads at $rate changes a day, measured and expected alike',
    ({ rate, reads }) => {
      const { sums, seenTrue } = simulate(rate, reads, 6_000, 7);
      // Three standard deviations of so many intervals.
      expect(Math.abs(sums.measured - seenTrue) / sums.reads).toBeLessThan(0.018);
      expect(Math.abs(sums.expected - seenTrue) / sums.reads).toBeLessThan(0.018);
      expect(sums.unchanged).toBeLessThan(seenTrue);
    },
  );

  it('lies within two standard deviations of what happened in 95 of 100 cases', () => {
    let within = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const { sums, seenTrue } = simulate(0.8, 6, 40, seed);
      if (Math.abs(sums.measured - seenTrue) <= 1.96 * Math.sqrt(sums.variance)) within++;
    }
    expect(within / 200).toBeGreaterThan(0.91);
    expect(within / 200).toBeLessThan(0.99);
  });
});
