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
    const reports = tierReports(TIERS, [soon, past, today, soon], (of) =>
      of === today ? TIERS[0] : of === soon ? TIERS[1] : undefined,
    );
    expect(reports).toMatchObject([
      { withinDays: 1, maxAgeSeconds: 900, days: 1, fresh: 1, share: 1 },
      { withinDays: 7, maxAgeSeconds: 14_400, days: 4, fresh: 2, share: 0.5 },
    ]);
  });

  it('name a tier that has no days too', () => {
    expect(tierReports(TIERS, [], () => undefined).map(({ days, share }) => ({ days, share }))).toEqual([
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
