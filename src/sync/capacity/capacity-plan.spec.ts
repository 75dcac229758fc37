import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTiers } from '../../config/index.js';
import { requestsPerDay } from '../budget/pacing.js';
import { capacityPlan, feasibilityOf, type CapacityPlan } from './capacity-plan.js';
import { changeCurve } from '../model/change-curve.js';
import type { SampledDay } from '../model/shadow-price.js';

const TWO_MONTHS = parseTiers('1:15m,7:4h,30:24h,61:24h');
const MONTH = parseTiers('1:15m,7:4h,30:24h');

const planOf = (experiences: number, requestsPerMinute: number, tiers = TWO_MONTHS): CapacityPlan =>
  capacityPlan({ experiences, requestsPerMinute, tiers });

const anyTiers = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 60, max: 200_000 })), {
    selector: ([days]) => days,
    minLength: 1,
    maxLength: 4,
  })
  .map((pairs) => pairs.sort(([a], [b]) => a - b).map(([days, s]) => ({ days, maxAgeMs: s * 1_000 })));

describe('what the tiers need', () => {
  it('is 83,700 requests a day for 450 experiences and two months: 96 + 6 × 6 + 54 for each', () => {
    const plan = planOf(450, 30);
    expect(plan.tiers.map((tier) => tier.covered)).toEqual([450, 2_700, 10_350, 13_950]);
    expect(plan.tiers.map((tier) => tier.neededPerDay)).toEqual([43_200, 16_200, 10_350, 13_950]);
    expect(plan.neededPerDay).toBe(83_700);
    expect(plan.days).toBe(27_450);
  });

  it('is 69,750 when the window ends after a month', () => {
    expect(planOf(450, 30, MONTH).neededPerDay).toBe(69_750);
  });

  it('is less where a request answers a month: one for each tier and max age', () => {
    const plan = capacityPlan({ experiences: 450, requestsPerMinute: 30, tiers: TWO_MONTHS, datesPerRequest: 31 });
    expect(plan.tiers.map((tier) => tier.neededPerDay)).toEqual([43_200, 2_700, 450, 450]);
    // A round of two months takes two requests for each experience.
    expect(plan.roundHours).toBeCloseTo((900 / 42_146.3) * 24, 3);
    expect(plan.freshness).toBeGreaterThan(planOf(450, 30).freshness);
  });
});

describe('what the budget gives', () => {
  it('is what pacing leaves of it: 42,146 a day of the 43,200 that 30 a minute would be', () => {
    expect(requestsPerDay(30)).toBeCloseTo((43_200 * 60) / 61.5, 6);
    expect(planOf(450, 30).budgetPerDay).toBeCloseTo(42_146.3, 1);
  });
});

describe('a plan that can be kept', () => {
  it('keeps every promise of the two experiences that are mirrored by default', () => {
    const plan = planOf(2, 30);
    expect(plan.feasible).toBe(true);
    expect(plan.requestsPerMinuteForAll).toBe(1);
    expect(plan.tiers.every(({ holds, keptShare }) => holds && keptShare === 1)).toBe(true);
    expect(feasibilityOf(plan)).toEqual({ maxAges: true, rounds: true });
  });

  it('is what the smallest budget gives, and a smaller one does not', () => {
    expect(planOf(450, 30).requestsPerMinuteForAll).toBe(60);
    expect(planOf(450, 30, MONTH).requestsPerMinuteForAll).toBe(50);
    // What is needed does not depend on the sample.
    const sample = [{ changes: changeCurve([1]), multiplier: 1, demand: 1, leadDemand: [1], lead: 0 }];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), anyTiers, (experiences, tiers) => {
        const plan = (requestsPerMinute: number) => capacityPlan({ experiences, requestsPerMinute, tiers, sample });
        const { requestsPerMinuteForAll: least, neededPerDay } = plan(1);
        expect(requestsPerDay(least)).toBeGreaterThanOrEqual(neededPerDay * (1 - 1e-12));
        expect(plan(least).feasible).toBe(true);
        fc.pre(least > 1);
        expect(requestsPerDay(least - 1)).toBeLessThan(neededPerDay);
        expect(plan(least - 1).feasible).toBe(false);
      }),
    );
  });

  it('is that of an empty catalogue', () => {
    expect(planOf(0, 1)).toMatchObject({ feasible: true, neededPerDay: 0, days: 0, roundHours: 0, freshness: 1 });
  });
});

describe('a plan that cannot be kept', () => {
  it('says which part of each tier’s days keep their promise by value', () => {
    const plan = planOf(450, 30);
    expect(feasibilityOf(plan)).toEqual({ maxAges: false, rounds: true });
    for (const { holds, keptShare } of plan.tiers) {
      expect(holds).toBe(false);
      expect(keptShare).toBeGreaterThan(0);
      expect(keptShare).toBeLessThan(0.5);
    }
  });

  it('still holds a tier whose days are all asked for often enough', () => {
    const plan = planOf(450, 30, parseTiers('1:15m,61:8000h'));
    expect(plan.feasible).toBe(false);
    expect(plan.tiers.map(({ holds }) => holds)).toEqual([false, true]);
  });

  it('asks rarely for days that are hardly read: their terms follow the sample that is given', () => {
    const day = (demand: number, lead: number): SampledDay => ({
      changes: changeCurve(Array.from({ length: 2 }, () => 1)),
      multiplier: 1,
      demand,
      leadDemand: [1, 1],
      lead,
    });
    // Two days at each lead, four requests a day in all: the read ones get nearly all of them.
    const sample = [day(1, 0), day(1e-6, 0), day(1, 1), day(1e-6, 1)];
    const tiers = parseTiers('1:13h,2:13h');
    const plan = capacityPlan({ experiences: 1_200, requestsPerMinute: 3, tiers, sample });
    expect(plan.learned).toBe(true);
    expect(plan.budgetPerDay / plan.days).toBeGreaterThan(1);
    expect(plan.tiers.map(({ keptShare }) => keptShare)).toEqual([0.5, 0.5]);
  });
});

describe('a round of all days', () => {
  it('fits when it takes at most half of the budget in 96 hours', () => {
    expect(planOf(450, 30).roundHours).toBeCloseTo(15.63, 2);
    const most = Math.floor((requestsPerDay(30) * 2) / 61);
    expect(feasibilityOf(planOf(most, 30)).rounds).toBe(true);
    expect(feasibilityOf(planOf(most + 1, 30)).rounds).toBe(false);
  });
});

describe('the expected freshness', () => {
  /** The relaxed optimum of the simulated markets, means of three seeds: `npm run bench -- freshness`. */
  it.each([
    [50, 30, 0.994],
    [450, 30, 0.943],
    [450, 60, 0.971],
    [450, 300, 0.994],
    [2_000, 30, 0.787],
    [2_000, 300, 0.975],
  ])('of %d experiences with %d a minute is at most 0.01 below %d', (experiences, requestsPerMinute, simulated) => {
    const { freshness, learned } = planOf(experiences, requestsPerMinute);
    expect(learned).toBe(false);
    expect(freshness).toBeLessThanOrEqual(simulated + 0.001);
    expect(freshness).toBeGreaterThanOrEqual(simulated - 0.01);
  });

  it('rises with the budget', () => {
    const rising = [1, 10, 30, 100, 1_000, 60_000].map((budget) => planOf(450, budget).freshness);
    expect([...rising].sort((a, b) => a - b)).toEqual(rising);
    expect(rising.at(-1)).toBeLessThanOrEqual(1);
    expect(rising.at(-1)).toBeGreaterThan(0.9999);
  });

  it('is that of any market whose days change equally: 1 − e^(−x) over x, where x is δ over the budget of a day', () => {
    const changes = changeCurve([2]);
    const sample = [{ changes, multiplier: 1, demand: 1, leadDemand: [1], lead: 0 }];
    const { freshness, budgetPerDay, days } = capacityPlan({
      experiences: 5_000,
      requestsPerMinute: 10,
      tiers: parseTiers('1:15m'),
      sample,
    });
    const x = 2 / (budgetPerDay / days);
    expect(freshness).toBeCloseTo((1 - Math.exp(-x)) / x, 2);
  });
});
