import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeCurve, changesBetween, leadOf, priorChangeCurve } from './change-curve.js';
import { demandOf, learnedCurve, observationOf, multiplierOf, type Counter } from './estimates.js';

const LEADS = 61;
const PRIOR = priorChangeCurve(LEADS, 10);
const CURVE = changeCurve(PRIOR);
const none = (): Counter => ({ n: 0, e: 0 });
const add = (a: Counter, b: Counter): Counter => ({ n: a.n + b.n, e: a.e + b.e });

/** Uniform in [0, 1), the same each time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

describe('what a confirmation teaches', () => {
  it('adds up: the leads share the count and the exposure of the whole', () => {
    const u = fc.double({ min: -0.9, max: 60, noNaN: true });
    fc.assert(
      fc.property(
        u,
        u,
        fc.boolean(),
        fc.double({ min: 0.1, max: 1_000, noNaN: true }),
        (one, other, changed, scale) => {
          const [confirmed, now] = [Math.max(one, other), Math.min(one, other)];
          fc.pre(confirmed - now > 1e-6);
          const curve = changeCurve(
            PRIOR.map((rate) => rate * scale),
            scale,
          );
          const lesson = observationOf(curve, 2, { confirmed, now, changed });
          const sum = (of: 'n' | 'e') => lesson.leads.reduce((total, part) => total + part[of], 0);
          expect(sum('n')).toBeCloseTo(lesson.experience.n, 9);
          const part = lesson.experience.e / changesBetween(CURVE, confirmed, now);
          expect(sum('e') / (2 * (confirmed - now))).toBeCloseTo(part, 6);
          if (!changed) expect(part).toBeCloseTo(1, 9);
          expect(lesson.leads.every((part) => part.lead >= leadOf(now) && part.lead <= leadOf(confirmed))).toBe(true);
        },
      ),
      { seed: 1 },
    );
  });

  it('is one change soon after a confirmation, none where none was seen, nothing where one was sure to come', () => {
    const taught = (now: number, changed: boolean) =>
      observationOf(CURVE, 1, { confirmed: 3, now, changed }).experience;
    expect(taught(2.9999, true).n).toBeCloseTo(1, 3);
    expect(taught(0, false).n).toBe(0);
    const sure = observationOf(CURVE, 100, { confirmed: 3, now: 0, changed: true }).experience;
    expect(sure.n).toBeLessThan(1e-6);
    expect(sure.e).toBeLessThan(1e-6);
  });

  it('balances at the true rate: as many changes as were expected, on average', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 30, noNaN: true }),
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        (span, a) => {
          const at = { confirmed: 40, now: 40 - span };
          const x = a * changesBetween(CURVE, at.confirmed, at.now);
          const mean = (of: 'n' | 'e') =>
            -Math.expm1(-x) * observationOf(CURVE, a, { ...at, changed: true }).experience[of] +
            Math.exp(-x) * observationOf(CURVE, a, { ...at, changed: false }).experience[of];
          expect(mean('n')).toBeCloseTo(a * mean('e'), 9);
        },
      ),
      { seed: 1 },
    );
  });
});

/** Experiences whose days change by Poisson at `rates` × their multiplier, looked at irregularly. */
function learnFrom(rates: readonly number[], multipliers: readonly number[], looks: number, longest: number) {
  const random = randomOf(7);
  const truth = changeCurve(rates);
  const own = multipliers.map(none);
  const leads = PRIOR.map(none);
  let curve = learnedCurve(PRIOR, leads);
  for (let look = 0; look < looks; look++) {
    const experience = look % multipliers.length;
    const confirmed = random() * 60;
    const now = Math.max(-1, confirmed - random() * longest);
    const happened = (multipliers[experience] ?? 0) * changesBetween(truth, confirmed, now);
    const changed = random() < -Math.expm1(-happened);
    const before = own[experience] ?? none();
    const lesson = observationOf(curve, multiplierOf(before, curve.scale), { confirmed, now, changed });
    own[experience] = add(before, lesson.experience);
    for (const { lead, ...counter } of lesson.leads) leads[lead] = add(leads[lead] ?? none(), counter);
    if (look % 20 === 19) curve = learnedCurve(PRIOR, leads);
  }
  return { curve, multiplier: (experience: number) => multiplierOf(own[experience] ?? none(), curve.scale) };
}

describe('learned rates', () => {
  it('come to the truth whatever the intervals, though an answer only says changed or not', () => {
    const rates = PRIOR.map((rate, lead) => rate * (lead < 10 ? 0.5 : 3));
    const { curve, multiplier } = learnFrom(rates, [0.5, 1.5], 160_000, 1);
    for (const [from, to] of [
      [9, -1],
      [30, 10],
      [60, 31],
    ] as const) {
      const learned = ((multiplier(0) + multiplier(1)) / 2) * changesBetween(curve, from, to);
      expect(Math.abs(learned / changesBetween(changeCurve(rates), from, to) - 1)).toBeLessThan(0.08);
    }
    expect(Math.abs(multiplier(1) / multiplier(0) / 3 - 1)).toBeLessThan(0.08);
  });

  it('find a supplier a thousand times as lively as the prior within some hundred answers', () => {
    const { curve, multiplier } = learnFrom(
      PRIOR.map((rate) => rate * 1_000),
      [1, 1, 1, 1],
      400,
      0.004,
    );
    const mean = [0, 1, 2, 3].reduce((sum, experience) => sum + multiplier(experience), 0) / 4;
    const ratio = (mean * changesBetween(curve, 60, -1)) / changesBetween(CURVE, 60, -1);
    expect(ratio).toBeGreaterThan(400);
    expect(ratio).toBeLessThan(2_500);
  });

  it('are the prior ones before anything was seen', () => {
    expect(learnedCurve(PRIOR, []).perLead).toEqual(PRIOR);
    expect(multiplierOf(none(), 1_000)).toBe(1);
    expect(demandOf(none())).toBe(1);
  });

  it('of one experience keep their meaning when the scale of all moves', () => {
    const seen: Counter = { n: 2_000, e: 2 };
    expect(multiplierOf(seen, 1_000)).toBeCloseTo(1, 2);
  });
});
