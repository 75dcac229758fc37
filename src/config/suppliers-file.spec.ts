import { describe, expect, it } from '@jest/globals';
import { readSuppliersFile } from './suppliers-file.js';
import { parseTiers, tiersText } from './tiers.js';

const SYNC_TIERS = parseTiers('1:15m,7:4h,61:24h');
const ENTRY = { name: 'ocean', api: 'octo', url: 'https://ocean.example/octo', key: 'a-key' };

function read(entries: readonly Readonly<Record<string, unknown>>[], usual: typeof SYNC_TIERS | null = SYNC_TIERS) {
  return readSuppliersFile(JSON.stringify(entries), { HOURS: '2h' }, usual);
}

describe('the tiers of a supplier', () => {
  it('are those of its entry, else SYNC_TIERS', () => {
    const own = { ...ENTRY, name: 'harbour', tiers: '7:1h, 61:${HOURS}' };
    const { suppliers, problems } = read([ENTRY, own]);
    expect(problems).toEqual([]);
    expect(suppliers.map(({ tiers }) => tiersText(tiers))).toEqual(['1:15m,7:4h,61:24h', '7:1h,61:2h']);
    expect(suppliers.map(({ own: others }) => others)).toEqual([{}, {}]);
  });

  it.each([
    ['7:4h,1:15m', 'ocean.tiers: "7:4h,1:15m": the days of the tiers must rise, like 1:15m,7:4h,30:24h'],
    ['often', 'ocean.tiers: "often" is not a tier; write days:age pairs like 1:15m,7:4h,30:24h,61:24h'],
    [15, 'ocean.tiers: is not a text'],
    ['', 'ocean.tiers: is not a text'],
    [null, 'ocean.tiers: is not a text'],
    [
      '1:5m,30:1h',
      'ocean.tiers: "1:5m,30:1h" ends with day 30, but the last N of SYNC_TIERS, 61, is the window of all suppliers; ' +
        'write 1:5m,30:1h,61:1h',
    ],
    [
      '1:5m,90:1h',
      'ocean.tiers: "1:5m,90:1h" ends with day 90, but the last N of SYNC_TIERS, 61, is the window of all suppliers; ' +
        'write 1:5m,61:1h',
    ],
  ])('are not %j', (tiers, problem) => {
    expect(read([{ ...ENTRY, tiers }]).problems).toEqual([problem]);
  });

  it('are not held against SYNC_TIERS that are wrong themselves', () => {
    expect(read([ENTRY, { ...ENTRY, name: 'harbour', tiers: '30:1h' }], null).problems).toEqual([]);
  });
});
