import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareTotals, totalOf, totalText } from './exact-total.js';

const text = (counts: number[], amounts: number[]) => totalText(totalOf(counts, amounts));

/** An amount as suppliers write it: up to 15 digits, so many of them behind the point. */
const amount = fc
  .tuple(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.nat({ max: 15 }))
  .map(([digits, scale]) => ({ digits, scale, number: Number(`${digits}e-${scale}`) }));
const parts = fc.array(fc.tuple(fc.nat({ max: 999 }), amount), { maxLength: 6 });

/** The sum as an integer of 10^-15. */
function reference(list: readonly (readonly [number, { digits: bigint; scale: number }])[]): bigint {
  return list.reduce((sum, [count, { digits, scale }]) => sum + BigInt(count) * digits * 10n ** BigInt(15 - scale), 0n);
}

function inUnits(written: string): bigint {
  const [whole = '', fraction = ''] = written.split('.');
  return BigInt(whole + fraction.padEnd(15, '0'));
}

describe('a total', () => {
  it.each([
    [[3], [0.1], '0.3'],
    [[2, 1], [341, 241.5], '923.5'],
    [[3], [19.99], '59.97'],
    [[1, 1], [0.1, 0.2], '0.3'],
    [[7], [1.15], '8.05'],
    [[1], [0], '0'],
    [[], [], '0'],
    [[3], [1_000_000], '3000000'],
    [[3], [0.00001], '0.00003'],
    [[2], [1e-7], '0.0000002'],
    [[2], [999_999_999_999.999], '1999999999999.998'],
    [[999], [999_999_999_999_999], '998999999999999001'],
    [[1, 1], [123_456_789_012.345, 0.000_001], '123456789012.345001'],
    [[2], [1e21], '2000000000000000000000'],
    [[2], [-10.05], '-20.1'],
  ])('of %j × %j is %s', (counts, amounts, expected) => {
    expect(text(counts, amounts)).toBe(expected);
  });

  it('has every digit of what the supplier wrote', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const written = text(
          list.map(([count]) => count),
          list.map(([, { number }]) => number),
        );
        expect(written).toMatch(/^(0|[1-9]\d*)(\.\d*[1-9])?$/);
        expect(inUnits(written)).toBe(reference(list));
      }),
    );
  });

  it('is less than another by its value, however each is kept', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const total = (list: typeof a) =>
          totalOf(
            list.map(([count]) => count),
            list.map(([, { number }]) => number),
          );
        const difference = reference(a) - reference(b);
        expect(Math.sign(compareTotals(total(a), total(b)))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
    );
  });
});
