import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeCurve, changesBetween, leadOf, priorChangeCurve } from './change-curve.js';
import { lessonOf } from './estimates.js';
import { chooseNext, NO_CREDIT, sharesOf, type Candidate } from './queue.js';
import { dueLead, relativeValue } from './value-due.js';
import { urgency, urgencyInverse } from './value.js';

const CURVE = changeCurve(priorChangeCurve(61, 12));
const LEAD_DEMAND = Array.from({ length: 61 }, (_, lead) => 3 * Math.exp(-lead / 12));
const rates = (multiplier: number, demand: number) => ({ changes: CURVE, multiplier, demand, leadDemand: LEAD_DEMAND });

describe('the value of a request', () => {
  it('is turned round exactly: the x that has an urgency', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.999999, noNaN: true }), (y) => {
        expect(urgency(urgencyInverse(y)) / y).toBeCloseTo(1, 6);
      }),
    );
    expect(urgencyInverse(0)).toBe(0);
    expect(urgencyInverse(1)).toBe(Infinity);
  });

  it('reaches its price when the due time says so, and not before', () => {
    const lead = fc.double({ min: 0.5, max: 60, noNaN: true });
    const factor = fc.double({ min: 0.05, max: 20, noNaN: true });
    fc.assert(
      fc.property(
        lead,
        factor,
        factor,
        fc.double({ min: 1e-5, max: 2, noNaN: true }),
        (confirmed, a, demand, price) => {
          const day = { confirmed, now: confirmed, lastStart: -1, doubt: 0 };
          const due = dueLead(rates(a, demand), day, price);
          const worth = (u: number) => relativeValue(rates(a, demand), { ...day, now: u }, price);
          for (let u = confirmed - 1e-6; u > Math.max(due ?? -1, 0); u -= 0.05) expect(worth(u)).toBeLessThan(1 + 1e-6);
          if (due !== undefined) expect(worth(due - 1e-9)).toBeGreaterThan(1 - 1e-4);
        },
      ),
    );
  });
});

describe('what a confirmation teaches', () => {
  it('adds up: the leads share the count and the exposure of the whole', () => {
    const two = fc.tuple(
      fc.double({ min: -0.9, max: 60, noNaN: true }),
      fc.double({ min: -0.9, max: 60, noNaN: true }),
    );
    fc.assert(
      fc.property(two, fc.boolean(), (ends, changed) => {
        const [confirmed, now] = [Math.max(...ends), Math.min(...ends)];
        fc.pre(confirmed - now > 1e-6);
        const lesson = lessonOf(CURVE, 2, { confirmed, now, changed });
        const sum = (of: 'n' | 'e') => lesson.leads.reduce((total, part) => total + part[of], 0);
        expect(sum('n')).toBeCloseTo(lesson.experience.n, 6);
        expect(sum('e')).toBeCloseTo(2 * (confirmed - now), 6);
        expect(lesson.experience.e).toBeCloseTo(changesBetween(CURVE, confirmed, now), 9);
        expect(leadOf(confirmed)).toBeGreaterThanOrEqual(leadOf(now));
      }),
    );
  });

  it('is at least one change when one was seen, and none when none was', () => {
    expect(lessonOf(CURVE, 1, { confirmed: 3, now: 2.99, changed: true }).experience.n).toBeGreaterThanOrEqual(1);
    expect(lessonOf(CURVE, 1, { confirmed: 3, now: 0, changed: false }).experience.n).toBe(0);
  });
});

describe('the queue', () => {
  const candidate = (lane: Candidate['lane'], rank: number): Candidate => ({ lane, rank });
  const many = (lane: Candidate['lane']) => Array.from({ length: 400 }, (_, rank) => candidate(lane, rank));
  const count = (chosen: readonly Candidate[], lane: Candidate['lane']) =>
    chosen.filter((one) => one.lane === lane).length;

  it('gives a lane its share while value competes, and all when nothing else is there', () => {
    const shares = sharesOf({ promises: false, rounds: true }, 0.2);
    const { chosen } = chooseNext([...many('retry'), ...many('wanted'), ...many('value')], 400, shares, NO_CREDIT);
    expect(count(chosen, 'retry')).toBeGreaterThan(90);
    expect(count(chosen, 'retry')).toBeLessThan(110);
    expect(count(chosen, 'wanted')).toBeLessThan(90);
    expect(chooseNext(many('retry'), 400, shares, NO_CREDIT).chosen).toHaveLength(400);
  });

  it('keeps promises first, without a cap, where all can be kept', () => {
    const shares = sharesOf({ promises: true, rounds: true }, 0.2);
    const { chosen } = chooseNext([...many('value'), ...many('promised')], 300, shares, NO_CREDIT);
    expect(count(chosen, 'promised')).toBe(300);
  });

  it('takes the greatest rank of a lane first', () => {
    const { chosen } = chooseNext(many('value'), 3, sharesOf({ promises: true, rounds: true }, 0), NO_CREDIT);
    expect(chosen.map((one) => one.rank)).toEqual([399, 398, 397]);
  });
});
