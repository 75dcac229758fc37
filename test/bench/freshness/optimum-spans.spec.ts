import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../fixtures.js';
import { relaxedOptimum, rowsOf } from './optimum.js';
import { RowPlan, spanBound, type DateRow } from './optimum-spans.js';
import { RoundRobin } from './schedules.js';
import { simulate } from './simulate.js';
import { makeWorld } from './world.js';

const TIERS = [{ days: 61, maxAgeMs: 86_400_000 }];

/** Rows of so many dates, as unlike each other as can be. */
function randomRows(seed: number, dates: number, count: number): DateRow[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => ({
    weight: 0.5 + random(),
    dates: Array.from({ length: dates }, () => ({
      reads: random() < 0.2 ? 0 : 10 ** (2 * random()),
      changes: 10 ** (2 * random() - 1),
    })),
  }));
}

/** The reads that see the truth where each window of a row is fetched so often. */
function freshAt({ dates }: DateRow, windows: readonly number[], length: number): number {
  return dates.reduce((sum, { reads, changes }, date) => {
    const rate = windows.reduce((all, each, first) => (date >= first && date < first + length ? all + each : all), 0);
    return rate > 0 ? sum + (reads * rate * -Math.expm1(-changes / rate)) / changes : sum;
  }, 0);
}

describe('the bound for requests that answer spans', () => {
  it('is the relaxed optimum where a request answers one date', () => {
    const world = makeWorld({ experiences: 4, seed: 3, days: 2 });
    const rows = rowsOf(world);
    const reads = rows.reduce(
      (sum, { weight, dates }) => sum + weight * dates.reduce((all, date) => all + date.reads, 0),
      0,
    );
    for (const budget of [20, 100, 500]) {
      expect(spanBound(rows, 1, budget) / reads).toBeCloseTo(relaxedOptimum(world, budget).freshness, 4);
    }
  });

  it('is what the best of all ways to fetch a few dates reaches', () => {
    const steps = 60;
    for (let seed = 1; seed <= 8; seed++) {
      const [row = { weight: 1, dates: [] }] = randomRows(seed, 4, 1);
      const budget = 3;
      let best = 0;
      for (let a = 0; a <= steps; a++) {
        for (let b = 0; a + b <= steps; b++) {
          const windows = [a, b, steps - a - b].map((part) => (part / steps) * budget);
          best = Math.max(best, freshAt(row, windows, 2));
        }
      }
      const bound = spanBound([{ ...row, weight: 1 }], 2, budget);
      expect(bound).toBeGreaterThanOrEqual(best * (1 - 1e-9));
      expect(bound).toBeLessThan(best * 1.005);
    }
  });

  it('is never below what any rates reach, and less than if the dates of a span were chosen freely', () => {
    const random = randomFrom(5);
    for (let seed = 1; seed <= 20; seed++) {
      const rows = randomRows(seed, 12, 5);
      const length = 1 + (seed % 6);
      const budget = 4 * rows.length;
      const bound = spanBound(rows, length, budget);
      for (let i = 0; i < 20; i++) {
        const rates = rows.map(({ dates }) => Array.from({ length: dates.length - length + 1 }, () => random() ** 4));
        const spent = rows.reduce(
          (sum, { weight }, r) => sum + weight * (rates[r] ?? []).reduce((a, b) => a + b, 0),
          0,
        );
        const fresh = rows.reduce((sum, row, r) => {
          const windows = (rates[r] ?? []).map((rate) => (rate * budget) / spent);
          return sum + row.weight * freshAt(row, windows, length);
        }, 0);
        expect(bound).toBeGreaterThanOrEqual(fresh);
      }
      expect(bound).toBeLessThanOrEqual(spanBound(rows, 1, budget * length) * 1.001);
    }
  });

  it('is what its own rates reach, at a price that just uses up the budget', () => {
    for (const row of randomRows(7, 20, 10)) {
      const plan = new RowPlan(row, 6);
      plan.solve(2);
      const bound = plan.surplus(2) + 2 * plan.requests;
      expect(plan.fresh).toBeLessThanOrEqual(bound * (1 + 1e-9));
      expect(plan.fresh).toBeGreaterThan(bound * 0.995);
    }
  });

  it('is not reached by a mirror that fetches every span in turn', () => {
    const world = makeWorld({ experiences: 20, seed: 2, days: 4 });
    const options = { from: 0, until: 3, measuredFrom: 1, filled: true, seed: 2, tiers: TIERS };
    const { freshness } = simulate(world, new RoundRobin(world, 30), { ...options, requestsPerDay: 300 });
    const rows = rowsOf(world);
    const reads = rows.reduce(
      (sum, { weight, dates }) => sum + weight * dates.reduce((all, date) => all + date.reads, 0),
      0,
    );
    expect(spanBound(rows, 30, 300) / reads).toBeGreaterThan(freshness);
  });
});
