import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeCurve, priorChangeCurve } from './change-curve.js';
import { intervalClassOf } from './interval-class.js';
import { NO_PRIORITY, priorityOf, type ActivityTimeline, type PlannedPosition } from './priority.js';
import { relativeValue, type DayRates } from './value-due.js';

const DAY_MS = 86_400_000;
const RATES: DayRates = {
  changes: changeCurve(priorChangeCurve(61, 12)),
  multiplier: 1,
  demand: 1,
  leadDemand: Array.from({ length: 61 }, () => 1),
};
/** A date 30 days ahead, every hour alike. */
const timeline: ActivityTimeline = {
  instantOf: (u) => (30 - u) * DAY_MS,
  leadAt: (ms) => 30 - ms / DAY_MS,
};
const now = 5 * DAY_MS;
const standing = (given: Partial<PlannedPosition>): PlannedPosition => ({
  confirmedAt: now,
  now,
  staleProbability: 0,
  ...given,
});
const price = fc.double({ min: 1e-4, max: 1, noNaN: true });

describe('the priority of a day', () => {
  it('is the instant at which its value is the price, in the class of that interval', () => {
    fc.assert(
      fc.property(price, (cost) => {
        const { intervalClass, refreshAt } = priorityOf(RATES, standing({}), timeline, cost);
        fc.pre(refreshAt !== null);
        const at = refreshAt.getTime();
        expect(intervalClass).toBe(intervalClassOf(at - now));
        const then = { confirmed: timeline.leadAt(now), now: timeline.leadAt(at + 1) };
        const value = relativeValue(RATES, { ...then, staleProbability: 0 }, cost);
        expect(value).toBeGreaterThan(1 - 1e-3);
      }),
      { seed: 1 },
    );
  });

  it('is the same whenever it is computed: an overdue day keeps it', () => {
    fc.assert(
      fc.property(price, fc.double({ min: 0, max: 20, noNaN: true }), (cost, later) => {
        const then = priorityOf(RATES, standing({ now: now + later * DAY_MS }), timeline, cost);
        expect(then).toEqual(priorityOf(RATES, standing({}), timeline, cost));
      }),
      { seed: 1 },
    );
  });

  it.each([
    ['was never confirmed', { confirmedAt: null }],
    ['is probably stale', { staleProbability: 0.9 }],
  ])('is its value, in shadow prices, when it %s', (_, given) => {
    const cheap = priorityOf(RATES, standing(given), timeline, 0.01);
    const dear = priorityOf(RATES, standing(given), timeline, 0.02);
    expect(cheap).toEqual({ intervalClass: null, refreshAt: null, refreshValue: expect.any(Number) });
    expect(cheap.refreshValue).toBeGreaterThan(0);
    expect((cheap.refreshValue ?? 0) / (dear.refreshValue ?? 0)).toBeCloseTo(2, 6);
  });

  it('is none once nobody can book it any more, or where the price is never reached', () => {
    const over = standing({ now: 31 * DAY_MS, confirmedAt: null });
    expect(priorityOf(RATES, over, timeline, 1)).toEqual(NO_PRIORITY);
    expect(priorityOf({ ...RATES, demand: 0 }, standing({}), timeline, 1)).toEqual(NO_PRIORITY);
  });
});
