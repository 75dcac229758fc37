import { describe, expect, it } from '@jest/globals';
import type { Lane } from '../schedule/sql/find-candidates.js';
import fc from 'fast-check';
import { chooseNext, NO_CREDIT, sharesOf, valueRank, type Candidate, type Credits, type Shares } from './queue.js';

const LANES: readonly Lane[] = ['max_age', 'demand', 'retry', 'due', 'value'];
const candidate = (lane: Lane, rank: number): Candidate => ({ lane, rank });
const many = (lane: Lane, count = 400) => Array.from({ length: count }, (_, rank) => candidate(lane, rank));
const count = (chosen: readonly Candidate[], lane: Lane) => chosen.filter((one) => one.lane === lane).length;
const TIGHT = sharesOf({ maxAges: false, rounds: false }, 0.2);

const anyCandidate = fc.record({
  lane: fc.constantFrom(...LANES),
  rank: fc.double({ min: -10, max: 10, noNaN: true }),
  neverConfirmed: fc.boolean(),
});

describe('the queue', () => {
  it('chooses as many as there are, none twice, and of each lane the greatest ranks', () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 40 }), fc.nat({ max: 50 }), (candidates, most) => {
        const { chosen } = chooseNext(candidates, most, TIGHT, NO_CREDIT);
        expect(chosen).toHaveLength(Math.min(most, candidates.length));
        expect(new Set(chosen).size).toBe(chosen.length);
        for (const lane of LANES.filter((one) => one !== 'value')) {
          const least = Math.min(...chosen.filter((one) => one.lane === lane).map((one) => one.rank));
          const left = candidates.filter((one) => one.lane === lane && !chosen.includes(one));
          if (least < Infinity) expect(left.every((one) => one.rank <= least)).toBe(true);
        }
      }),
      { seed: 1 },
    );
  });

  it('never gives a lane more than its share while value competes, one request at a time or many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.subarray([...LANES]), (atOnce, lanes) => {
        let credits: Credits = NO_CREDIT;
        const all: Candidate[] = [];
        while (all.length < 400) {
          const next = chooseNext(
            [...lanes, 'value' as const].flatMap((lane) => many(lane, 8)),
            atOnce,
            TIGHT,
            credits,
          );
          credits = next.credits;
          all.push(...next.chosen);
        }
        for (const lane of LANES) {
          if (lane !== 'value') expect(count(all, lane)).toBeLessThanOrEqual(TIGHT[lane] * all.length + 1e-6);
        }
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('gives a lane all where nothing else is there', () => {
    for (const lane of LANES) expect(chooseNext(many(lane), 400, TIGHT, NO_CREDIT).chosen).toHaveLength(400);
  });

  it('gives a lane its share where all want more', () => {
    const { chosen } = chooseNext(
      LANES.flatMap((lane) => many(lane)),
      400,
      TIGHT,
      NO_CREDIT,
    );
    for (const lane of LANES) if (lane !== 'value') expect(count(chosen, lane) / 400).toBeCloseTo(TIGHT[lane], 1);
  });

  it('does not let a quiet lane save up its share', () => {
    const { credits } = chooseNext(many('value'), 400, TIGHT, NO_CREDIT);
    const { chosen } = chooseNext([...many('value'), ...many('retry')], 20, TIGHT, credits);
    expect(count(chosen, 'retry')).toBeLessThanOrEqual(0.25 * 20 + 3);
  });

  it('keeps maxAges first, without a cap, where all can be kept', () => {
    const shares = sharesOf({ maxAges: true, rounds: true }, 0.2);
    expect(count(chooseNext([...many('value'), ...many('due')], 300, shares, NO_CREDIT).chosen, 'due')).toBe(300);
  });

  it('asks now and then for a day again while days that were never asked for are worth more', () => {
    const neverConfirmed = many('value').map((one) => ({ ...one, rank: one.rank + 1_000, neverConfirmed: true }));
    const { chosen } = chooseNext([...many('value'), ...neverConfirmed], 200, TIGHT, NO_CREDIT);
    const again = chosen.filter((one) => !one.neverConfirmed);
    expect(again.length).toBe(10);
    expect(again[0]?.rank).toBe(399);
  });

  it('fetches now and then a day for the first time while known days are worth more', () => {
    const suspect = many('value').map((one) => ({ ...one, rank: one.rank + 1_000 }));
    const neverConfirmed = many('value').map((one) => ({ ...one, neverConfirmed: true }));
    const first = (shares: Shares) =>
      chooseNext([...neverConfirmed, ...suspect], 200, shares, NO_CREDIT)
        .chosen.filter((one) => one.neverConfirmed)
        .map(({ rank }) => rank);
    expect(first(sharesOf({ maxAges: true, rounds: true }, 0.2))).toEqual(
      Array.from({ length: 19 }, (_, i) => 399 - i),
    );
    expect(first(TIGHT)).toEqual([]);
  });
});

describe('the rank of a day by value', () => {
  it.each([
    ['just confirmed', { confirmedAt: 1_000, dueAt: 2_000, relativeValue: null }, 0],
    ['due', { confirmedAt: 0, dueAt: 1_000, relativeValue: null }, 1],
    ['surely stale and worth nine requests', { confirmedAt: 0, dueAt: 0, relativeValue: 9 }, 3],
    [
      'never confirmed, and nothing is known of its worth',
      { confirmedAt: null, dueAt: 0, relativeValue: null },
      Infinity,
    ],
  ])('%s', (_, day, rank) => {
    expect(valueRank(day, 1_000)).toBe(rank);
  });
});
