import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeCurve, priorChangeCurve } from './change-curve.js';
import { tempoOf, TEMPOS } from './tempo.js';
import { turnOf, type ActivityTimeline, type PlannedPosition } from './turn.js';
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
  lastStart: null,
  doubt: 0,
  ...given,
});
const price = fc.double({ min: 1e-4, max: 1, noNaN: true });

describe('the turn of a day', () => {
  it('is the instant at which its value is the price, and its tempo that of the term', () => {
    fc.assert(
      fc.property(price, (cost) => {
        const { tempo, turn } = turnOf(RATES, standing({}), timeline, cost);
        if (turn === null) return;
        expect(tempo).toBe(tempoOf(turn - now));
        const position = { confirmed: timeline.leadAt(now), now: timeline.leadAt(turn + 1), lastStart: -1, doubt: 0 };
        expect(relativeValue(RATES, position, cost)).toBeGreaterThan(1 - 1e-3);
      }),
      { seed: 1 },
    );
  });

  it('is the same whenever it is planned: what is overdue keeps its place', () => {
    fc.assert(
      fc.property(price, fc.double({ min: 0, max: 20, noNaN: true }), (cost, later) => {
        const then = turnOf(RATES, standing({ now: now + later * DAY_MS }), timeline, cost);
        expect(then).toEqual(turnOf(RATES, standing({}), timeline, cost));
      }),
      { seed: 1 },
    );
  });

  it.each([
    ['was never confirmed', { confirmedAt: null }],
    ['is doubted', { doubt: 0.9 }],
  ])('comes by its value when it %s', (_, given) => {
    const cheap = turnOf(RATES, standing(given), timeline, 0.01);
    const dear = turnOf(RATES, standing(given), timeline, 0.02);
    expect(cheap.tempo).toBe(TEMPOS);
    expect(cheap.turn).toBeLessThan(0);
    expect((cheap.turn ?? 0) / (dear.turn ?? 0)).toBeCloseTo(2, 6);
  });

  it('does not come when nobody can book it any more, or the price is never reached', () => {
    expect(turnOf(RATES, standing({ lastStart: now - DAY_MS }), timeline, 1e-4).turn).not.toBeNull();
    expect(
      turnOf(RATES, standing({ now: 30.6 * DAY_MS, confirmedAt: null, lastStart: 30.5 * DAY_MS }), timeline, 1).turn,
    ).toBeNull();
    expect(turnOf({ ...RATES, demand: 0 }, standing({}), timeline, 1).turn).toBeNull();
  });
});
