import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeCurve, priorChangeCurve } from './change-curve.js';
import { dueLead, firstValue, relativeValue, type DayPosition, type DayRates } from './value-due.js';

const CURVE = changeCurve(priorChangeCurve(61, 12));
const LEAD_DEMAND = Array.from({ length: 61 }, (_, lead) => 3 * Math.exp(-lead / 12));
const rates = (multiplier: number, demand: number): DayRates => ({
  changes: CURVE,
  multiplier,
  demand,
  leadDemand: LEAD_DEMAND,
});
const justConfirmed = (u: number): DayPosition => ({ confirmed: u, now: u, staleProbability: 0 });
const factor = fc.double({ min: 0.05, max: 20, noNaN: true });
const price = fc.double({ min: 1e-5, max: 2, noNaN: true });

describe('a day is due', () => {
  it('where its value reaches the price of a request, and not before', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.9, max: 60, noNaN: true }), factor, factor, price, (u, a, demand, cost) => {
        const due = dueLead(rates(a, demand), justConfirmed(u), cost);
        const worth = (now: number) => relativeValue(rates(a, demand), { ...justConfirmed(u), now }, cost);
        for (let now = u - 1e-6; now > Math.max(due ?? -1, 0); now -= 0.05) expect(worth(now)).toBeLessThan(1 + 1e-6);
        fc.pre(due !== undefined);
        expect(due).toBeLessThanOrEqual(u);
        expect(worth(due - 1e-9)).toBeGreaterThan(1 - 1e-4);
      }),
      { seed: 1 },
    );
  });

  it('the later the dearer a request is', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 60, noNaN: true }), factor, factor, price, (u, a, demand, cost) => {
        const cheap = dueLead(rates(a, demand), justConfirmed(u), cost) ?? -2;
        const dear = dueLead(rates(a, demand), justConfirmed(u), 2 * cost) ?? -2;
        expect(dear).toBeLessThanOrEqual(cheap + 1e-9);
      }),
      { seed: 1 },
    );
  });

  it('at once when it is doubted and read enough', () => {
    expect(dueLead(rates(1, 1), { ...justConfirmed(10), staleProbability: 0.9 }, 0.01)).toBe(10);
  });

  it('within seconds on its last day where it changes every few seconds', () => {
    const due = dueLead(rates(10_000, 100), justConfirmed(-0.5), 1e-4);
    expect(due).toBeDefined();
    expect((-0.5 - (due ?? -1)) * 86_400).toBeLessThan(10);
  });

  it('never after its last start, nor where nobody reads', () => {
    expect(dueLead(rates(5, 5), justConfirmed(-1), 1e-4)).toBeUndefined();
    expect(relativeValue(rates(5, 5), { ...justConfirmed(0), now: -1 }, 1e-4)).toBe(0);
    expect(dueLead(rates(5, 0), justConfirmed(10), 1e-4)).toBeUndefined();
  });
});

describe('a day that was never confirmed', () => {
  const never = (u: number): DayPosition => ({ ...justConfirmed(u), staleProbability: 1 });

  it('comes by how much it is read while the mirror fills, though others change less', () => {
    const value = (u: number, a: number, demand: number, round: number) =>
      firstValue(rates(a, demand), never(u), 1e-7, round);
    expect(value(1, 10, 10, 0.001)).toBeGreaterThan(value(40, 0.1, 1, 0.001));
    expect(value(1, 10, 10, Infinity)).toBeLessThan(value(40, 0.1, 1, Infinity));
  });

  it('is due wherever a request for it is worth its price for good', () => {
    fc.assert(
      fc.property(factor, factor, price, fc.double({ min: 0, max: 5, noNaN: true }), (a, demand, cost, round) => {
        const forGood = relativeValue(rates(a, demand), never(20), cost);
        const value = firstValue(rates(a, demand), never(20), cost, round);
        expect(value).toBeGreaterThanOrEqual(Math.min(1, forGood));
        expect(value).toBeLessThanOrEqual(forGood);
      }),
      { seed: 1 },
    );
  });
});
