import type { Price } from '../inventory/index.js';

/** Money in OCTO: whole minor units; an amount is `retail / 10^currencyPrecision`. `net` is the supplier’s own matter. */
export interface OctoPricing {
  readonly original: number;
  readonly retail: number;
  readonly net: null;
  readonly currency: string;
  readonly currencyPrecision: number;
  readonly includedTaxes: readonly never[];
}

/**
 * The price, exactly. The precision is that of the currency, or more where an amount has more decimals.
 * @returns undefined: its minor units are more than a JSON number can hold
 */
export function octoPricing({ finalPrice, originalPrice, currencyCode }: Price): OctoPricing | undefined {
  const before = originalPrice ?? finalPrice;
  const currencyPrecision = Math.max(decimalsOfCurrency(currencyCode), decimalsOf(finalPrice), decimalsOf(before));
  const retail = minorUnits(finalPrice, currencyPrecision);
  const original = minorUnits(before, currencyPrecision);
  if (!Number.isSafeInteger(retail) || !Number.isSafeInteger(original)) return undefined;
  return { original, retail, net: null, currency: currencyCode, currencyPrecision, includedTaxes: [] };
}

/** The sum of prices, each so many times. Undefined: their currencies differ, or it is more than a JSON number can hold. */
export function totalOf(parts: readonly (readonly [OctoPricing, number])[]): OctoPricing | undefined {
  const [first] = parts;
  if (!first || parts.some(([{ currency }]) => currency !== first[0].currency)) return undefined;
  const currencyPrecision = Math.max(...parts.map(([pricing]) => pricing.currencyPrecision));
  const sum = (of: 'retail' | 'original') =>
    parts.reduce(
      (total, [pricing, times]) => total + pricing[of] * 10 ** (currencyPrecision - pricing.currencyPrecision) * times,
      0,
    );
  const [retail, original] = [sum('retail'), sum('original')];
  if (!Number.isSafeInteger(retail) || !Number.isSafeInteger(original)) return undefined;
  return { ...first[0], retail, original, currencyPrecision };
}

/** The decimal text is moved, and nothing multiplied: 19.99 × 100 is 1998.9999999999998. */
function minorUnits(amount: number, precision: number): number {
  const [digits = '', exponent = '0'] = String(amount).split('e');
  return Number(`${digits}e${Number(exponent) + precision}`);
}

/** How many digits an amount has behind its point, as it is written. */
function decimalsOf(amount: number): number {
  if (Number.isInteger(amount)) return 0;
  const [, decimals = '', exponent = '0'] = /(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(amount)) ?? [];
  return Math.max(0, decimals.length - Number(exponent));
}

const known = new Map<string, number>();

/** ISO 4217; 2 for a code that is none. */
function decimalsOfCurrency(code: string): number {
  let digits = known.get(code);
  if (digits === undefined) {
    digits = lookedUp(code);
    if (known.size < 500) known.set(code, digits);
  }
  return digits;
}

function lookedUp(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}
