import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rateAt } from './change-curve.js';
import { fadedDays } from './fading.js';
import {
  addCounts,
  fadeBy,
  NO_COUNTS,
  rateModelOf,
  noCounts,
  ratesOf,
  withObservation,
  type RateCounts,
} from './rate-model.js';

const LEADS = 61;
const NOTHING = noCounts(LEADS);
const filled = (value: number): RateCounts => ({
  changes: NOTHING.changes.map((_, lead) => ({ n: value * lead, e: value })),
  closed: { n: value, e: 2 * value },
  suspects: { n: value, e: value },
  readsByLead: NOTHING.readsByLead.map(() => value),
  readsByHour: NOTHING.readsByHour.map((_, hour) => value * hour),
  days: value,
});
const counted = (news: Partial<RateCounts>): RateCounts => ({ ...NOTHING, ...news });

describe('counts of a market', () => {
  it('fade by 7 % a day, in one step or in many', () => {
    const part = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(part, part, (one, other) => {
        const atOnce = addCounts(filled(3), fadeBy(one + other), NOTHING);
        const inTwo = addCounts(addCounts(filled(3), fadeBy(one), NOTHING), fadeBy(other), NOTHING);
        expect(inTwo.changes[7]?.n).toBeCloseTo(atOnce.changes[7]?.n ?? NaN, 6);
        expect(inTwo.suspects.e).toBeCloseTo(3 * 0.93 ** (one + other), 6);
      }),
      { seed: 1 },
    );
  });

  it('are added whole', () => {
    expect(addCounts(filled(2), 1, filled(3))).toEqual(filled(5));
  });

  it('take up a lesson; leads beyond the window count as its last', () => {
    const { changes } = withObservation(NOTHING, {
      leads: [
        { lead: 3, n: 1, e: 2 },
        { lead: 99, n: 4, e: 5 },
      ],
    });
    expect(changes[3]).toEqual({ n: 1, e: 2 });
    expect(changes[60]).toEqual({ n: 4, e: 5 });
  });

  it('know over how many days they were counted', () => {
    expect(addCounts(NOTHING, fadeBy(2), NOTHING).days).toBeCloseTo(fadedDays(2), 9);
    const twice = addCounts(addCounts(NOTHING, fadeBy(20), NOTHING), fadeBy(10), NOTHING);
    expect(addCounts(NOTHING, fadeBy(30), NOTHING).days).toBeCloseTo(twice.days, 9);
    expect(addCounts(NOTHING, fadeBy(0), NOTHING).days).toBe(0);
  });
});

describe('a market', () => {
  it('of which nothing was seen is the prior one: fewer changes and reads the further ahead, closed days hardly any', () => {
    const market = rateModelOf(NOTHING, 10, 0);
    expect(rateAt(market.changes, 0)).toBeGreaterThan(10 * rateAt(market.changes, 50));
    expect(rateAt(market.closed, 0)).toBe(0.005);
    expect(market.leadDemand.reduce((sum, demand) => sum + demand, 0)).toBeCloseTo(LEADS, 9);
    expect(market.staleProbability).toBe(0.9);
  });

  it('stops doubting where suspicions prove wrong, and doubts again as that fades', () => {
    const disproved = counted({ suspects: { n: 0, e: 100 } });
    expect(rateModelOf(disproved, 10, 0).staleProbability).toBe(0);
    expect(rateModelOf(addCounts(disproved, fadeBy(60), NOTHING), 10, 0).staleProbability).toBeGreaterThan(0.5);
    expect(rateModelOf(counted({ suspects: { n: 95, e: 100 } }), 10, 0).staleProbability).toBeGreaterThan(0.9);
  });

  it('learns the reads by lead', () => {
    const readsByLead = NOTHING.readsByLead.map((_, lead) => (lead === 40 ? 100_000 : 0));
    const { leadDemand } = rateModelOf(counted({ readsByLead }), 10, 0);
    expect(leadDemand[40]).toBeGreaterThan(50);
  });
});

describe('the rates of an experience’s days', () => {
  const readsByLead = NOTHING.readsByLead.map(() => 100);
  const market = rateModelOf(counted({ readsByLead }), 10, 0);
  const usual = { ...NO_COUNTS, reads: market.meanReads };

  it('are those of the average one until it is known', () => {
    const rates = ratesOf(market, usual, false);
    expect(rates.multiplier).toBe(1);
    expect(rates.demand).toBe(1);
  });

  it('follow its reads and changes; a closed day has those of closed days', () => {
    const changes = { n: 99, e: 9 / market.changes.scale };
    const busy = { ...NO_COUNTS, changes, reads: 10 * market.meanReads };
    expect(ratesOf(market, busy, false).multiplier).toBeCloseTo(10, 6);
    expect(ratesOf(market, busy, false).demand).toBeCloseTo(10, 1);
    expect(ratesOf(market, busy, true).multiplier).toBe(1);
    expect(ratesOf(market, busy, true).changes).toBe(market.closed);
  });

  it('follow the reads of the day itself, where they are counted', () => {
    const days = rateModelOf(counted({ readsByLead, days: 5 }), 10, 0);
    const reads = [20, 60, 100, 200, 120];
    const read = { ...usual, bands: { ...NO_COUNTS.bands, reads } };
    const demand = (own: number) => ratesOf(days, read, false, { reads: own, now: 5 }).demand;
    expect(demand(1_000)).toBeGreaterThan(5 * demand(10));
    expect(demand(0)).toBeLessThan(1);
    expect(ratesOf(days, usual, false, { reads: 0, now: 5 }).demand).toBe(1);
  });
});
