import { describe, expect, it } from '@jest/globals';
import { whyNoFetch, whyNoPause, whyNoTry } from './page/unavailable.js';

const of = (state: Parameters<typeof whyNoTry>[0]['state'], pauseScope: 'sync' | 'supplier' | null = null) => ({
  ...{ name: 'zaui', state, pauseScope },
});

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

  it('a day can be fetched unless no request is sent to it', () => {
    expect((['running', 'unauthorized', 'unusable'] as const).map((state) => whyNoFetch(of(state)))).toEqual([
      ...[null, null, null],
    ]);
    for (const state of ['refused', 'outage'] as const) expect(whyNoFetch(of(state))).toContain('Try now');
    expect(whyNoFetch(of('paused', 'supplier'))).toContain('zaui is paused');
    expect(whyNoFetch(undefined)).toContain('not configured');
  });
});
