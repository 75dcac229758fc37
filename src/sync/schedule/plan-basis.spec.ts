import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { parseTiers } from '../../config/index.js';
import { changedFor, planBasis } from './plan-basis.js';

const NAMES = ['leap', 'ocean', 'gone'];

function basis(usual: string, own: Readonly<Record<string, string>> = {}, zone = 'UTC') {
  const configured = new Map(Object.entries(own).map(([name, text]) => [name, parseTiers(text)]));
  return planBasis([1, zone], { usual: parseTiers(usual), configured });
}

/** For whom due times must be computed again. */
function changed(before: ReturnType<typeof basis>, now: ReturnType<typeof basis>): readonly string[] | 'all' {
  const found = changedFor(JSON.stringify(before), now);
  return found === 'all' ? found : NAMES.filter(found);
}

describe('what stored due times were computed with', () => {
  it('is the same whatever the order of the suppliers, and whether one has SYNC_TIERS or the same of its own', () => {
    const one = basis('61:24h', { leap: '61:2h', ocean: '61:1h' });
    expect(JSON.stringify(basis('61:24h', { ocean: '61:1h', third: '61:24h', leap: '61:2h' }))).toBe(
      JSON.stringify(one),
    );
  });

  it('changed for the supplier whose tiers did, and no other', () => {
    const before = basis('61:24h', { leap: '61:24h', ocean: '61:1h' });
    expect(changed(before, basis('61:24h', { leap: '61:24h', ocean: '61:2h' }))).toEqual(['ocean']);
    expect(changed(before, basis('61:24h', { leap: '1:15m,61:24h', ocean: '61:1h' }))).toEqual(['leap']);
  });

  it('changed for all who have SYNC_TIERS with these, also for those that are gone', () => {
    const before = basis('61:24h', { ocean: '61:1h' });
    expect(changed(before, basis('61:12h', { ocean: '61:1h' }))).toEqual(['leap', 'gone']);
    // Its own are now those of all.
    expect(changed(before, basis('61:1h', { ocean: '61:1h' }))).toEqual(['leap', 'gone']);
  });

  it('changed for a supplier that was taken out of the file, if it had tiers of its own', () => {
    expect(changed(basis('61:24h', { ocean: '61:1h', leap: '61:24h' }), basis('61:24h'))).toEqual(['ocean']);
  });

  it('changed for all with the window, the default zone, or the rules', () => {
    const before = basis('61:24h', { ocean: '61:1h' });
    expect(changed(before, basis('30:24h', { ocean: '30:1h' }))).toBe('all');
    expect(changed(before, basis('61:24h', { ocean: '61:1h' }, 'Asia/Singapore'))).toBe('all');
    expect(changedFor('[4,[[61,86400000]],"UTC"]', before)).toBe('all');
  });
});
