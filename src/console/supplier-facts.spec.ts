import { describe, expect, it } from '@jest/globals';
import { moment } from './page/format.js';
import type { KnownSupplier } from './page/known-supplier.js';
import { supplierFacts } from './page/supplier-facts.js';

const NOW = Date.parse('2026-03-02T04:00:00Z');
const LATER = '2026-03-02T04:10:00.000Z';
const SUPPLIER: KnownSupplier = {
  tiers: [
    { withinDays: 1, maxAgeSeconds: 900 },
    { withinDays: 61, maxAgeSeconds: 86_400 },
  ],
  ...{ name: 'zaui', api: 'octo', state: 'running', since: LATER, cause: null, problem: null, leftOut: null },
  ...{ pausedAt: null, pausedBy: null, pauseScope: null, reason: null, pausedUntil: null, nextAttemptAt: null },
  budget: {
    ...{ requestsPerMinute: 60, effectiveRequestsPerMinute: 31.7, throttledUntil: LATER },
    ...{ usedThisMinute: 3, usedLastMinute: 30, nextAt: null, blockedUntil: LATER },
    ...{ quota: { remaining: 1_200, resetAt: LATER }, circuit: { state: 'open', failures: 5, retryAt: LATER } },
  },
  notifications: {
    state: 'subscribed',
    since: LATER,
    text: 'It sends notifications.',
    error: null,
    lastHintAt: '2026-03-02T03:00:00Z',
  },
  budgetUse: { share: 0.5, limit: 'value', text: 'No further request is due.' },
  figures: {
    products: { mirrored: 450, failing: 3, failingSince: LATER },
    freshness: {
      ...{ days: 900, fresh: 880, stale: 12, neverFetched: 8, share: 0.9777, oldestAsOf: '2026-03-02T03:00:00Z' },
      tiers: [],
    },
    ...{ staleSince: LATER, plan: { feasible: false, requestsPerMinuteForAll: 75 }, hintedDays: 7 },
  },
};

describe('the figures of a supplier', () => {
  it('are told in words', () => {
    const at = moment(LATER, NOW);
    expect(Object.fromEntries(supplierFacts(SUPPLIER, NOW))).toMatchObject({
      'Maximum ages': '15 min of today, 1 d within 61 days',
      Products: '450 mirrored, 3 of them with failing days',
      'Too old': '12',
      'Never fetched': '8',
      'Budget suffices': 'no: that takes 75 a minute',
      Used: '3 this minute, 30 the last',
      'Why not more': 'No further request is due.',
      Throttled: `to 31 a minute, all of it again at ${at}`,
      'No request before': at,
      'Its quota': `1,200 more until ${at}`,
      'Failures in a row': '5',
      Notifications: 'It sends notifications.',
      'Last notification': `1 h ago (${moment('2026-03-02T03:00:00Z', NOW)})`,
      'To be fetched for them': '7 days',
    });
  });

  it('are left out where there are none', () => {
    const none = { ...SUPPLIER, figures: null };
    const names = supplierFacts({ ...none, budget: { ...SUPPLIER.budget, quota: null } }, NOW).map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(['Budget', 'Used', 'Notifications']));
    expect(names).not.toContain('Products');
    expect(names).not.toContain('Its quota');
  });
});
