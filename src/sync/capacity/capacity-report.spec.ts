import { describe, expect, it } from '@jest/globals';
import { parseTiers } from '../../config/index.js';
import { capacityReport, capacityWarning, shareText } from './capacity-report.js';
import { capacityPlan } from './capacity-plan.js';

const planOf = (experiences: number, requestsPerMinute: number, tiers = '1:15m,7:4h,30:24h,61:24h') =>
  capacityPlan({ experiences, requestsPerMinute, tiers: parseTiers(tiers) });

describe('the report of capacity', () => {
  it('tells the plan in whole requests, and shares rounded down', () => {
    const plan = planOf(450, 30);
    const report = capacityReport(plan);
    expect(report).toMatchObject({
      experiences: 450,
      requestsPerMinute: 30,
      feasible: false,
      neededPerDay: 83_700,
      budgetPerDay: 42_146,
      requestsPerMinuteForAll: 60,
      roundHours: 15.7,
      rounds: true,
      learned: false,
    });
    expect(report.tiers[1]).toEqual({
      withinDays: 7,
      maxAgeSeconds: 14_400,
      days: 2_700,
      neededPerDay: 16_200,
      holds: false,
      keptShare: expect.any(Number),
    });
    expect(report.expectedFreshness).toBeLessThanOrEqual(plan.freshness);
    expect(report.expectedFreshness).toBeGreaterThan(plan.freshness - 1e-4);
  });

  it('never says all of what is not all', () => {
    const plan = planOf(2, 30);
    expect(plan.freshness).toBeGreaterThan(0.9995);
    expect(shareText(plan.freshness)).toBe('0.999');
    expect(capacityReport({ ...plan, freshness: 0.99999 }).expectedFreshness).toBe(0.9999);
    expect(capacityReport({ ...plan, freshness: 1 }).expectedFreshness).toBe(1);
  });
});

describe('the warning', () => {
  it('is none while all promises fit', () => {
    expect(capacityWarning(planOf(2, 30))).toBeUndefined();
    expect(capacityWarning(planOf(450, 60))).toBeUndefined();
  });

  it('is one line with the figures and what would help', () => {
    expect(capacityWarning(planOf(450, 30))).toBe(
      'The budget is too small: for 450 experiences the max ages need 83,700 requests a day, 30 a minute gives 42,146. ' +
        'Not every day will keep 1:15m, 7:4h, 30:24h, 61:24h. Expected freshness by value: 0.940. ' +
        'All would be kept with 60 a minute. Try others: npm run plan',
    );
  });

  it('names only the tiers that do not hold', () => {
    expect(capacityWarning(planOf(450, 30, '1:15m,61:8000h'))).toContain('Not every day will keep 1:15m. ');
  });
});
