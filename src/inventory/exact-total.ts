/**
 * An exact sum of money. A number: ten-thousandths of the unit, which nearly all amounts are and which is fast. Otherwise a
 * decimal of any length.
 */
export type Total = number | Decimal;

/** `digits` × 10^-`scale` */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const SCALE = 4;
const FACTOR = 10 ** SCALE;
/** Up to here each whole number of ten-thousandths is one JSON number of at most 15 digits. */
const MOST_UNITS = 1e15;

/** The sum of `counts[i]` × `amounts[i]`, to the last digit of what the supplier wrote. Counts are whole numbers. */
export function totalOf(counts: readonly number[], amounts: readonly number[]): Total {
  let units = 0;
  for (let i = 0; i < counts.length; i++) {
    const amount = amounts[i] ?? 0;
    const whole = Math.round(amount * FACTOR);
    // Equal: the amount is the number that stands for so many ten-thousandths, and for nothing else of 15 digits.
    if (whole / FACTOR !== amount || Math.abs(whole) >= MOST_UNITS) return decimalTotal(counts, amounts);
    units += whole * (counts[i] ?? 0);
  }
  return Math.abs(units) < MOST_UNITS ? units : decimalTotal(counts, amounts);
}

/** Below zero: `a` is less. */
export function compareTotals(a: Total, b: Total): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = aligned(decimalOf(a), decimalOf(b));
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A JSON number with all digits. */
export function totalText(total: Total): string {
  if (typeof total === 'number') return String(total / FACTOR);
  const { digits, scale } = total;
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  return `${sign}${text.slice(0, text.length - scale)}${fraction === '' || scale === 0 ? '' : `.${fraction}`}`;
}

function decimalTotal(counts: readonly number[], amounts: readonly number[]): Decimal {
  let sum: Decimal = { digits: 0n, scale: 0 };
  for (let i = 0; i < counts.length; i++) {
    const { digits, scale } = parsed(amounts[i] ?? 0);
    const [a, b] = aligned(sum, { digits: digits * BigInt(counts[i] ?? 0), scale });
    sum = { digits: a + b, scale: Math.max(sum.scale, scale) };
  }
  return sum;
}

function decimalOf(total: Total): Decimal {
  return typeof total === 'number' ? { digits: BigInt(total), scale: SCALE } : total;
}

/** The digits of both at the same scale. */
function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint] {
  const scale = Math.max(a.scale, b.scale);
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale)];
}

/** The number as it is written in JSON. */
function parsed(amount: number): Decimal {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(amount)) ?? [];
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}
