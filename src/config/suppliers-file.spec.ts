import { describe, expect, it } from '@jest/globals';
import { readSuppliersFile } from './suppliers-file.js';
import { parseTiers, tiersText } from './tiers.js';

const SYNC_TIERS = parseTiers('1:15m,7:4h,61:24h');
const ENTRY = { name: 'ocean', api: 'octo', url: 'https://ocean.example/octo', key: 'a-key' };

function read(entries: readonly Readonly<Record<string, unknown>>[], usual: typeof SYNC_TIERS | null = SYNC_TIERS) {
  return readSuppliersFile(JSON.stringify(entries), { HOURS: '2h', ZONE: ' Europe/Berlin ' }, usual);
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

describe('the experiences of a supplier', () => {
  const readOf = (experiences: unknown, more: object = {}) => read([{ ...ENTRY, ...more, experiences }]);

  it('are in its zone, which a variable may name, unless they have their own', () => {
    const { suppliers, problems } = readOf([14, { id: 15, timeZone: 'Asia/Tokyo' }], { timeZone: '${ZONE}' });
    expect(problems).toEqual([]);
    expect(suppliers[0]?.timeZone).toBe('Europe/Berlin');
    expect(suppliers[0]?.experiences.map(({ timeZone }) => timeZone)).toEqual(['Europe/Berlin', 'Asia/Tokyo']);
  });

  it('are not blamed for the zone of the supplier', () => {
    const wrong = 'ocean.timeZone: "Mars" is not a time zone; write an IANA name like Asia/Singapore';
    expect(readOf([14, 15], { timeZone: 'Mars' }).problems).toEqual([wrong]);
  });

  it('may mirror options of one product, and a product of each supplier', () => {
    const experiences = [
      { id: 1, product: 'p' },
      ...['a', 'b'].map((option, i) => ({ id: 2 + i, product: 'p', option })),
    ];
    const other = { ...ENTRY, name: 'harbour', experiences: [{ id: 4, product: 'p' }] };
    expect(read([{ ...ENTRY, experiences }, other]).problems).toEqual([]);
  });

  const WRONG = 'is empty, longer than 200 characters or contains NUL';
  const INSTEAD = 'leave one of them out, or give it another product or option';
  it.each([
    [null, 'is not a list; write ids like [14, 15], or {"id": 20, "product": "…", "option": "…"}'],
    [[0], '0 is not an experience; write 14 or {"id": 20, "product": "…"}'],
    [[{ id: 1, product: '' }], `the product of 1 ${WRONG}; without one it is "1"`],
    [[{ id: 1, product: 'a\0b' }], `the product of 1 ${WRONG}; without one it is "1"`],
    [[{ id: 1, product: 'p'.repeat(201) }], `the product of 1 ${WRONG}; without one it is "1"`],
    [[{ id: 1, option: '' }], `the option of 1 ${WRONG}; leave it out where the product has no options`],
    [[{ id: 1, option: '\0' }], `the option of 1 ${WRONG}; leave it out where the product has no options`],
    [[20, { id: 21, product: '20' }], `20 and 21 both mirror the product "20"; ${INSTEAD}`],
    [
      [1, 2].map((id) => ({ id, product: 'p', option: 'o' })),
      `1 and 2 both mirror the product "p" with the option "o"; ${INSTEAD}`,
    ],
  ])('are not %j', (experiences, problem) => {
    expect(readOf(experiences).problems).toEqual([`ocean.experiences: ${problem}`]);
  });

  it('are listed twice, which is told once', () => {
    expect(readOf([14, 14]).problems).toEqual(['the experience 14 is listed twice']);
  });
});
