import { describe, expect, it } from '@jest/globals';
import type { DateCount } from './sql/count-days.js';
import { freshnessReport, queueReport, tierReports } from './status-report.js';

const TIERS = [
  { days: 1, maxAgeMs: 900_000 },
  { days: 7, maxAgeMs: 14_400_000 },
];

function count(fields: Partial<DateCount>): DateCount {
  const nothing = { days: 0, fresh: 0, neverConfirmed: 0, due: 0, leased: 0, failing: 0, oldestConfirmedAt: null };
  const none = { hinted: 0, staleSince: null };
  return { supplier: 'leap', timeZone: null, date: new Date('2026-03-02'), ...nothing, ...none, ...fields };
}

describe('the report of freshness', () => {
  it('adds up the dates: each day is fresh, stale, or was never fetched', () => {
    const counts = [
      count({ days: 4, fresh: 2, neverConfirmed: 1, oldestConfirmedAt: new Date('2026-03-02T03:00:00Z') }),
      count({ days: 2, fresh: 2, oldestConfirmedAt: new Date('2026-03-02T02:00:00.250Z') }),
      count({ days: 1, neverConfirmed: 1 }),
    ];
    expect(freshnessReport(counts)).toEqual({
      days: 7,
      fresh: 4,
      stale: 1,
      neverFetched: 2,
      share: 0.5714,
      oldestAsOf: '2026-03-02T02:00:00.250Z',
    });
  });

  it('has no share and no oldest confirmation where there is nothing', () => {
    const nothing = { days: 0, fresh: 0, stale: 0, neverFetched: 0, share: null, oldestAsOf: null };
    expect(freshnessReport([])).toEqual(nothing);
    expect(freshnessReport([count({ days: 3, neverConfirmed: 3 })])).toEqual({
      ...nothing,
      days: 3,
      neverFetched: 3,
      share: 0,
    });
  });

  it('says 1 only when all are fresh', () => {
    expect(freshnessReport([count({ days: 3, fresh: 3 })]).share).toBe(1);
    expect(freshnessReport([count({ days: 100_000, fresh: 99_999 })]).share).toBeLessThan(1);
  });
});

describe('the reports of the tiers', () => {
  it('give each count to its tier, nearest first, and those of none to none', () => {
    const [today, soon, past] = [count({ days: 1, fresh: 1 }), count({ days: 2, fresh: 1 }), count({ days: 9 })];
    const [near, far] = TIERS;
    const reports = tierReports(TIERS, [
      { count: soon, tier: far },
      { count: past, tier: undefined },
      { count: today, tier: near },
      { count: soon, tier: far },
    ]);
    expect(reports).toMatchObject([
      { withinDays: 1, maxAgeSeconds: 900, days: 1, fresh: 1, share: 1 },
      { withinDays: 7, maxAgeSeconds: 14_400, days: 4, fresh: 2, share: 0.5 },
    ]);
  });

  it('are one for each tier that differs: its days are those of all suppliers that have it', () => {
    const hour = { days: 1, maxAgeMs: 3_600_000 };
    const minutes = { days: 1, maxAgeMs: 900_000 };
    const counts = [
      { count: count({ days: 1 }), tier: TIERS[0] },
      { count: count({ days: 2 }), tier: hour },
      { count: count({ days: 4 }), tier: minutes },
    ];
    const reports = tierReports([hour, ...TIERS, minutes], counts);
    expect(reports.map(({ withinDays, maxAgeSeconds, days }) => [withinDays, maxAgeSeconds, days])).toEqual([
      [1, 900, 5],
      [1, 3_600, 2],
      [7, 14_400, 0],
    ]);
  });

  it('name a tier that has no days too', () => {
    expect(tierReports(TIERS, []).map(({ days, share }) => ({ days, share }))).toEqual([
      { days: 0, share: null },
      { days: 0, share: null },
    ]);
  });
});

describe('the report of the queue', () => {
  it('adds up what waits, what is under way and what fails', () => {
    expect(queueReport([])).toEqual({ due: 0, leased: 0, failing: 0 });
    expect(
      queueReport([count({ due: 1, leased: 2, failing: 3 }), count({ due: 10, leased: 20, failing: 30 })]),
    ).toEqual({
      due: 11,
      leased: 22,
      failing: 33,
    });
  });
});
