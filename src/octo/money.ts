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
 * The price, exactly. The precision is that of the currency, or more where an amount has more decimals. An amount with more digits
 * than a JSON number can hold (33.333333333333336, a third of 100) is rounded to as many as it can.
 * @returns undefined: it is more than 2^53 whole units
 */
export function octoPricing({ finalPrice, originalPrice, currencyCode }: Price): OctoPricing | undefined {
  const [now, before] = [decimalOf(finalPrice), decimalOf(originalPrice ?? finalPrice)];
  const precision = Math.max(decimalsOfCurrency(currencyCode), now.decimals, before.decimals);
  return held(minorUnits(before, precision), minorUnits(now, precision), precision, currencyCode);
}

/** The sum of prices, each so many times. Undefined: their currencies differ, or it is more than a JSON number can hold. */
export function totalOf(parts: readonly (readonly [OctoPricing, number])[]): OctoPricing | undefined {
  const [first] = parts;
  if (!first || parts.some(([{ currency }]) => currency !== first[0].currency)) return undefined;
  const precision = Math.max(...parts.map(([pricing]) => pricing.currencyPrecision));
  const sum = (of: 'retail' | 'original') =>
    parts.reduce((total, [pricing, times]) => {
      const decimal = { digits: BigInt(pricing[of]), decimals: pricing.currencyPrecision };
      return total + minorUnits(decimal, precision) * BigInt(times);
    }, 0n);
  return held(sum('original'), sum('retail'), precision, first[0].currency);
}

/** In the finest precision in which JSON numbers hold both amounts. */
function held(original: bigint, retail: bigint, precision: number, currency: string): OctoPricing | undefined {
  for (let scale = 1n, digits = precision; digits >= 0; scale *= 10n, digits--) {
    const [before = NaN, now = NaN] = [original, retail].map((amount) => Number((amount + scale / 2n) / scale));
    if (!Number.isSafeInteger(before) || !Number.isSafeInteger(now)) continue;
    return { original: before, retail: now, net: null, currency, currencyPrecision: digits, includedTaxes: [] };
  }
  return undefined;
}

/** `digits / 10^decimals`, as the number is written: 19.99 × 100 is 1998.9999999999998. */
interface Decimal {
  readonly digits: bigint;
  readonly decimals: number;
}

function decimalOf(amount: number): Decimal {
  const [, whole = '0', part = '', exponent = '0'] = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(amount)) ?? [];
  const decimals = part.length - Number(exponent);
  const digits = BigInt(whole + part);
  return decimals < 0 ? { digits: digits * 10n ** BigInt(-decimals), decimals: 0 } : { digits, decimals };
}

/** @param precision at least that of the amount */
function minorUnits({ digits, decimals }: Decimal, precision: number): bigint {
  return digits * 10n ** BigInt(precision - decimals);
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
