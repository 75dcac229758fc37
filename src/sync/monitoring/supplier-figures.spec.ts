import { describe, expect, it } from '@jest/globals';
import type { DateCount } from './sql/count-days.js';
import type { TierCount } from './status-report.js';
import { supplierFigures } from './supplier-figures.js';

const PLAN = { feasible: false, requestsPerMinuteForAll: 60 };

const TIERS = [
  { days: 1, maxAgeMs: 900_000 },
  { days: 7, maxAgeMs: 14_400_000 },
];

function count(supplier: string, fields: Partial<DateCount>, tier = TIERS[0]): TierCount {
  const none = { days: 0, fresh: 0, neverConfirmed: 0, due: 0, leased: 0, failing: 0, hinted: 0 };
  const dates = { date: new Date('2026-03-02'), timeZone: null, oldestConfirmedAt: null, staleSince: null };
  return { tier, count: { supplier, ...none, ...dates, ...fields } };
}

describe('the figures of a supplier', () => {
  it('are its own: days, the first that got too old, hints, and products', () => {
    const dates = [
      count('leap', { days: 5, fresh: 2, hinted: 1, staleSince: new Date('2026-03-02T03:00:00Z') }),
      count('leap', { days: 5, fresh: 4, hinted: 2, staleSince: new Date('2026-03-02T02:00:00Z') }, TIERS[1]),
      count('ocean', { days: 9, fresh: 9, staleSince: new Date('2026-03-01T02:00:00Z') }),
    ];
    const failingSince = new Date('2026-03-02T01:00:00Z');
    const products = [
      { supplier: 'ocean', mirrored: 7, failing: 0, failingSince: null },
      { supplier: 'leap', mirrored: 2, failing: 1, failingSince },
    ];
    expect(supplierFigures('leap', TIERS, dates, products, PLAN)).toMatchObject({
      products: { mirrored: 2, failing: 1, failingSince: '2026-03-02T01:00:00.000Z' },
      freshness: {
        ...{ days: 10, fresh: 6, stale: 4, share: 0.6 },
        tiers: [
          { withinDays: 1, maxAgeSeconds: 900, days: 5, fresh: 2 },
          { withinDays: 7, maxAgeSeconds: 14_400, days: 5, fresh: 4 },
        ],
      },
      staleSince: '2026-03-02T02:00:00.000Z',
      plan: PLAN,
      hintedDays: 3,
    });
  });

  it('are nothing where it has no experience', () => {
    expect(supplierFigures('zaui', TIERS, [], [], PLAN)).toMatchObject({
      products: { mirrored: 0, failing: 0, failingSince: null },
      freshness: { days: 0, share: null },
      staleSince: null,
    });
  });
});
