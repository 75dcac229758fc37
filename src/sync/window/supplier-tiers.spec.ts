import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { supplierSettings } from '../../../test/fixtures/supplier-spans.js';
import { parseTiers, readSettings, SuppliersSettings, tiersText } from '../../config/index.js';
import { SupplierTiers } from './supplier-tiers.js';

const { mirror } = readSettings({ TICKETE_API_KEY: 'key', SYNC_TIERS: '1:15m,61:24h' });

function tiersOf(suppliers: Readonly<Record<string, string>>): SupplierTiers {
  const all = Object.entries(suppliers).map(([name, text]) =>
    supplierSettings({ url: 'http://localhost', name, tiers: parseTiers(text) }),
  );
  return new SupplierTiers(new SuppliersSettings(all, 'file'), mirror);
}

describe('the tiers that hold for a supplier', () => {
  const tiers = tiersOf({ leap: '1:15m,61:24h', ocean: '61:200h', harbour: '1:15m,61:24h' });

  it('are its own, and SYNC_TIERS for one that was taken out of the file', () => {
    expect(['leap', 'ocean', 'gone'].map((name) => tiersText(tiers.of(name)))).toEqual([
      '1:15m,61:24h',
      '61:200h',
      '1:15m,61:24h',
    ]);
  });

  it('are of as many kinds as differ, in the order of the file', () => {
    const groups = tiers.groups(['gone', 'ocean']);
    expect(groups.map(({ suppliers, tiers: of }) => [suppliers, tiersText(of)])).toEqual([
      [['leap', 'harbour', 'gone'], '1:15m,61:24h'],
      [['ocean'], '61:200h'],
    ]);
  });

  it('have a longest max age, also where only a supplier that is gone has it', () => {
    expect(tiers.longestMs).toBe(200 * 3_600_000);
    expect(tiersOf({ ocean: '61:1h' }).longestMs).toBe(24 * 3_600_000);
  });
});
