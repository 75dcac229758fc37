import { describe, expect, it } from '@jest/globals';
import type { KnownSupplier } from './page/known-supplier.js';
import { whyNoFetch, whyNoPause, whyNoTry } from './page/unavailable.js';

const of = (state: Parameters<typeof whyNoTry>[0]['state'], pauseScope: 'sync' | 'supplier' | null = null) => ({
  ...{ name: 'zaui', state, pauseScope },
});

const NOW = Date.parse('2026-03-02T04:00:00Z');
/** @param seconds from now on no request is sent for so long */
const budgetOf = (seconds: number | null) =>
  ({
    blockedUntil: seconds === null ? null : new Date(NOW + seconds * 1_000).toISOString(),
  }) as KnownSupplier['budget'];

describe('what a supplier can’t be told now', () => {
  it('pausing it says nothing while the whole sync is paused', () => {
    expect(whyNoPause(of('paused', 'sync'))).toContain('whole sync');
    expect([whyNoPause(of('paused', 'supplier')), whyNoPause(of('running'))]).toEqual([null, null]);
  });

  it('trying it now is of use only where it waits', () => {
    const tried = (['refused', 'outage', 'unauthorized', 'unusable'] as const).map((state) => whyNoTry(of(state)));
    expect(tried).toEqual([null, null, null, null]);
    expect(whyNoTry(of('running'))).toContain('waits for nothing');
    expect(whyNoTry(of('paused', 'supplier'))).toBe('zaui is paused: resume it.');
    expect(whyNoTry(of('paused', 'sync'))).toContain('whole sync');
    expect(whyNoTry(of('not_recording'))).toContain('database');
  });

  it('a day can be fetched unless no request is sent to it for long', () => {
    const blocked = (...[state, scope]: Parameters<typeof of>) => ({ ...of(state, scope), budget: budgetOf(121) });
    const free = (...[state, scope]: Parameters<typeof of>) => ({ ...of(state, scope), budget: budgetOf(null) });
    for (const state of ['running', 'unauthorized', 'unusable'] as const) expect(whyNoFetch(free(state))).toBeNull();
    expect(whyNoFetch(free('outage'))).toContain('Try now');
    expect(whyNoFetch(blocked('refused'), NOW)).toMatch(/^No request is sent to zaui before .*: use its “Try now”\.$/);
    // The server takes it, and waits.
    expect(whyNoFetch({ ...of('refused'), budget: budgetOf(120) }, NOW)).toBeNull();
    expect(whyNoFetch(free('paused', 'supplier'))).toContain('zaui is paused');
    expect(whyNoFetch(undefined)).toContain('not configured');
  });
});
