import { describe, expect, it } from '@jest/globals';
import type { SupplierFigures, SupplierState } from '../sync/monitoring/status.shape.js';
import { moment } from './page/format.js';
import type { KnownSupplier } from './page/known-supplier.js';
import { supplierText } from './page/supplier-text.js';

const NOW = Date.parse('2026-03-02T04:00:00Z');
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const short = (minutes: number) => moment(at(minutes), NOW);

const FIGURES: SupplierFigures = {
  products: { mirrored: 450, failing: 0, failingSince: null },
  freshness: { days: 900, fresh: 900, stale: 0, neverFetched: 0, share: 1, oldestAsOf: at(-3), tiers: [] },
  staleSince: null,
  plan: { feasible: true, requestsPerMinuteForAll: 20 },
  hintedDays: 0,
};
const BUDGET: SupplierState['budget'] = {
  ...{ requestsPerMinute: 30, effectiveRequestsPerMinute: 30, throttledUntil: null },
  ...{ usedThisMinute: 3, usedLastMinute: 30, nextAt: null, blockedUntil: null, quota: null },
  circuit: { state: 'closed', failures: 0, retryAt: null },
};
const RUNNING: KnownSupplier = {
  tiers: [],
  ...{ name: 'zaui', api: 'octo', state: 'running', since: at(-4), cause: null },
  ...{ pausedAt: null, pausedBy: null, pauseScope: null, reason: null, pausedUntil: null, nextAttemptAt: null },
  notifications: { state: 'off', since: null, text: 'No notifications are taken.', error: null, lastHintAt: null },
  ...{ budget: BUDGET, budgetUse: { share: 1, limit: null, text: null }, figures: FIGURES, problem: null },
  leftOut: null,
};
const inTrouble = (state: KnownSupplier['state'], code: string, text: string, next: number | null) =>
  supplierText(
    {
      ...{ ...RUNNING, state, cause: { code, text, advice: 'Do this.' } },
      nextAttemptAt: next === null ? null : at(next),
    },
    NOW,
  );
const withFigures = (figures: Partial<SupplierFigures>, more: Partial<KnownSupplier> = {}) =>
  supplierText({ ...RUNNING, ...more, figures: { ...FIGURES, ...figures } }, NOW);
const FAILING = { mirrored: 450, failing: 3, failingSince: at(-90) };
const STALE = { freshness: { ...FIGURES.freshness, fresh: 888, stale: 12 }, staleSince: at(-30) };

describe('a supplier in trouble', () => {
  it.each([
    [
      'unauthorized',
      'unauthorized',
      'the supplier answered 401: "expired"',
      'Key refused (401): check the key of zaui',
    ],
    ['refused', 'refusal', 'the supplier answered 429', `Rate-limited until ${short(1)}`],
    ['outage', 'unreachable', 'connect ECONNREFUSED 10.0.0.1:443', 'No answer for 4 min: connection refused'],
    ['outage', 'timeout', 'no answer within 10 s', 'No answer for 4 min: no answer within 10 s'],
    [
      'outage',
      'supplier_error',
      'the supplier answered 503: "maintenance"',
      'It has failed for 4 min: it answered 503',
    ],
    [
      'unusable',
      'bad_answer',
      'expected a list of slots, got an object',
      'No usable answer for 4 min: expected a list of slots, got an object',
    ],
    ['not_recording', 'database_full', 'The disk is full.', 'No request is sent: The disk is full'],
  ] as const)('%s, %s: its headline names the cause', (state, code, text, headline) => {
    expect(inTrouble(state, code, text, 1)).toEqual({
      severity: state === 'refused' ? 'warn' : 'bad',
      brief: expect.any(String) as unknown,
      headline,
      parts: [`since ${short(-4)} (4 min ago)`, `tried again in 1 min (${short(1)})`],
      words: text,
      also: [],
      advice: 'Do this.',
    });
  });

  it('without a next attempt says nothing of one', () => {
    expect(inTrouble('not_recording', 'database_full', 'The disk is full.', null).parts).toHaveLength(1);
  });

  it('that fails as a whole does not repeat it for its products, but says what has got too old', () => {
    const cause = { code: 'timeout', text: 'no answer within 10 s', advice: 'Do this.' };
    const { also } = withFigures({ products: FAILING, ...STALE }, { state: 'outage', cause });
    expect(also).toEqual(['12 of 900 days are older than their maximum age']);
  });
});

describe('a supplier that is paused', () => {
  const paused = { state: 'paused', pausedBy: 'alice', reason: 'price list', pausedUntil: at(60) } as const;

  it('says by whom, why, and until when', () => {
    const text = withFigures({}, { ...paused, pauseScope: 'supplier' });
    const parts = [`since ${short(-4)} (4 min ago)`, 'by alice', '“price list”', `until ${short(60)}`];
    expect(text).toMatchObject({ severity: 'paused', headline: 'Paused', parts });
  });

  it('says when it is the whole sync, and that somebody has to resume it', () => {
    const text = withFigures({}, { ...paused, pausedUntil: null, reason: null, pauseScope: 'sync' });
    expect(text).toMatchObject({
      headline: 'Paused with the whole sync',
      advice: expect.stringContaining('the sync') as unknown,
    });
    expect(text.parts.at(-1)).toBe('until somebody resumes it');
  });
});

describe('a supplier that runs', () => {
  it('is good when nothing is wrong, says how far its first fill is, and that it has no products', () => {
    expect(supplierText(RUNNING, NOW)).toMatchObject({ severity: 'good', headline: 'Running', advice: null });
    const filling = { freshness: { ...FIGURES.freshness, fresh: 100, neverFetched: 800 } };
    expect(withFigures(filling)).toMatchObject({
      severity: 'good',
      headline: 'Running: 100 of 900 days fetched so far',
    });
    const none = { products: { mirrored: 0, failing: 0, failingSince: null } };
    expect(withFigures(none)).toMatchObject({ headline: 'Running: no product is mirrored' });
  });

  it('is not called good before its figures are known', () => {
    expect(supplierText({ ...RUNNING, figures: null }, NOW).severity).toBe('unknown');
  });

  it('says how many products fail, since when, when they are tried again, in the supplier’s words', () => {
    const problem = { words: 'the supplier answered 500', advice: 'Ask it.', retryAt: at(2) };
    expect(withFigures({ products: FAILING }, { problem })).toEqual({
      ...{ severity: 'warn', brief: '3 of 450 products fail', headline: '3 of 450 products fail', also: [] },
      parts: [`since ${short(-90)} (1 h 30 min ago)`, `tried again in 2 min (${short(2)})`],
      ...{ words: 'the supplier answered 500', advice: 'Ask it.' },
    });
  });

  it('is not good while slots of it are not sold, and says why', () => {
    const leftOut = { products: 2, since: at(-20), words: '[0].startTime: "noon" is no time', advice: 'Report it.' };
    expect(supplierText({ ...RUNNING, leftOut }, NOW)).toEqual({
      ...{ severity: 'warn', brief: 'slots left out', headline: 'Slots of 2 products are left out', also: [] },
      parts: [`since ${short(-20)} (20 min ago)`],
      ...{ words: '[0].startTime: "noon" is no time', advice: 'Report it.' },
    });
  });

  it('is not good while a day is older than its maximum age, and says what budget would do', () => {
    expect(withFigures(STALE)).toMatchObject({
      severity: 'warn',
      headline: '12 of 900 days are older than their maximum age',
      parts: [`since ${short(-30)} (30 min ago)`],
      advice: expect.stringContaining('catches up') as unknown,
    });
    const plan = { feasible: false, requestsPerMinuteForAll: 62 };
    expect(withFigures({ ...STALE, plan }).advice).toContain('raise it to 62 requests a minute');
  });

  it('says the worst first, and all else', () => {
    const budget = { ...BUDGET, effectiveRequestsPerMinute: 15.5, throttledUntil: at(10) };
    const text = withFigures({ products: FAILING, ...STALE }, { budget });
    expect(text.headline).toBe('3 of 450 products fail');
    expect(text.also).toEqual([
      '12 of 900 days are older than their maximum age',
      'Throttled to 15 of 30 requests a minute',
    ]);
  });
});
