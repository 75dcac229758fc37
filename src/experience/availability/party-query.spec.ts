import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'node:querystring';
import { parseParty, spelledParty } from './party-query.js';

const party = (text: string) => parseParty({ party: text });

describe('a party', () => {
  it.each([
    [
      'ADULT:2,CHILD:1',
      [
        { pax: 'ADULT', count: 2 },
        { pax: 'CHILD', count: 1 },
      ],
    ],
    [
      'CHILD:1,ADULT:2',
      [
        { pax: 'ADULT', count: 2 },
        { pax: 'CHILD', count: 1 },
      ],
    ],
    ['ADULT_12~99:2', [{ pax: 'ADULT_12~99', count: 2 }]],
    ['adult:2', [{ pax: 'ADULT', count: 2 }]],
    ['adult_12~99:2', [{ pax: 'adult_12~99', count: 2 }]],
    ['ADULT:2,CHILD:0', [{ pax: 'ADULT', count: 2 }]],
    ['ADULT:02,', [{ pax: 'ADULT', count: 2 }]],
    ['one, two:3', [{ pax: 'one, two', count: 3 }]],
    [
      'a:b:3,c:4',
      [
        { pax: 'a:b', count: 3 },
        { pax: 'c', count: 4 },
      ],
    ],
    ['unit 4:1', [{ pax: 'unit 4', count: 1 }]],
  ])('%j is read by kind', (text, members) => {
    expect(party(text)).toEqual({ members });
  });

  it.each([
    '',
    ':2',
    'ADULT',
    'ADULT:',
    'ADULT:x',
    'ADULT:-1',
    'ADULT:1.5',
    'ADULT:1000',
    'ADULT:0',
    'ADULT:1,ADULT:2',
    'ADULT:1,adult:2',
  ])('%j is refused with how to write it', (text) => {
    expect(() => party(text)).toThrow(expect.objectContaining({ problem: expect.objectContaining({ status: 400 }) }));
    expect(() => party(text)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ detail: expect.stringContaining('party=ADULT:2') }),
      }),
    );
  });

  it('has so many kinds at most', () => {
    const kinds = (count: number) => Array.from({ length: count }, (_, i) => `K${i}:1`).join(',');
    expect(() => party(kinds(10))).not.toThrow();
    expect(() => party(kinds(11))).toThrow();
  });

  it.each([
    ['1', { places: 1 }],
    ['999', { places: 999 }],
  ])('of %s places is that', (places, expected) => {
    expect(parseParty({ places })).toEqual(expected);
  });

  it.each(['0', '', '-1', '1.5', '1000', 'three'])('has no %j places', (places) => {
    expect(() => parseParty({ places })).toThrow();
  });

  it('is named once, in one way, or not at all', () => {
    expect(parseParty({})).toBeNull();
    expect(() => parseParty({ party: 'ADULT:1', places: '1' })).toThrow();
    expect(() => parseParty({ party: ['ADULT:1', 'CHILD:1'] })).toThrow();
  });

  it('is the same one when it is read from its spelling', () => {
    const kind = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((text) => !/[\0:]/.test(text));
    const members = fc.uniqueArray(fc.record({ pax: kind, count: fc.integer({ min: 1, max: 999 }) }), {
      minLength: 1,
      maxLength: 10,
      selector: ({ pax }) => pax,
    });
    fc.assert(
      fc.property(members, (list) => {
        const read = parseParty(parse(spelledParty({ members: list })));
        expect(read && 'members' in read && [...read.members].sort(byKind)).toEqual(list.sort(byKind));
        expect(read && spelledParty(read)).toBe(read && spelledParty(parseParty(parse(spelledParty(read))) ?? read));
      }),
    );
  });
});

function byKind(a: { readonly pax: string }, b: { readonly pax: string }): number {
  return a.pax < b.pax ? -1 : 1;
}
