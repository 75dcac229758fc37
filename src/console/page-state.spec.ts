import { describe, expect, it } from '@jest/globals';
import { pageState } from './page/page-state.js';
import type { Severity, SupplierText } from './page/supplier-text.js';

function text(severity: Severity, brief: string): SupplierText {
  return { severity, brief, headline: brief, parts: [`since then, ${brief}`], words: null, also: [], advice: null };
}
const GOOD = { name: 'leap', text: text('good', 'running') };
const LIMITED = { name: 'ocean', text: text('warn', 'rate-limited') };
const REFUSED = { name: 'zaui', text: text('bad', 'key refused') };
const PAUSED = { name: 'peek', text: text('paused', 'paused') };

describe('the state of the page', () => {
  it('is that of a single supplier, without its name', () => {
    expect(pageState([REFUSED], false)).toEqual({
      ...{ severity: 'bad', name: 'Key refused', parts: ['since then, key refused'] },
    });
  });

  it('is that of the worst supplier, and says how many others are in trouble', () => {
    expect(pageState([GOOD, LIMITED, REFUSED, PAUSED], false)).toMatchObject({
      ...{ severity: 'bad', name: 'zaui: key refused, and 1 more', parts: ['since then, key refused'] },
    });
    expect(pageState([GOOD, LIMITED], false).name).toBe('ocean: rate-limited');
  });

  it('is good when only a supplier that was paused on purpose does not run', () => {
    expect(pageState([PAUSED, GOOD], false)).toMatchObject({ severity: 'good', name: 'Running' });
  });

  it('names no supplier when the whole sync is paused, or nothing can be recorded', () => {
    expect(pageState([PAUSED, { ...PAUSED, name: 'leap' }], true).name).toBe('Paused');
    const broken = { name: 'leap', text: text('bad', 'nothing can be recorded') };
    expect(pageState([broken, { ...broken, name: 'zaui' }], false).name).toBe('Nothing can be recorded');
  });

  it('is not known before a supplier is', () => {
    expect(pageState([], false).severity).toBe('unknown');
  });
});
