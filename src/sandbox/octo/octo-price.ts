import type { LeapPax, LeapPrice } from '../leap-slot.js';

export interface OctoPricing {
  original: number;
  retail: number;
  net: number;
  currency: string;
  currencyPrecision: number;
  includedTaxes: never[];
}

export interface OctoUnitPricing extends OctoPricing {
  unitId: string;
}

const PRECISION = 2;

/** What a reseller pays of what the buyer pays. */
const NET_SHARE = 0.8;

export function octoPricing({ finalPrice, originalPrice, currencyCode }: LeapPrice): OctoPricing {
  const retail = minorUnits(finalPrice);
  return {
    original: minorUnits(originalPrice),
    retail,
    net: Math.round(retail * NET_SHARE),
    currency: currencyCode,
    currencyPrecision: PRECISION,
    includedTaxes: [],
  };
}

export function unitPricing({ name, price }: LeapPax): OctoUnitPricing {
  return { unitId: unitId(name), ...octoPricing(price) };
}

export function unitId(paxName: string): string {
  return paxName.toLowerCase();
}

/** The lowest price of each unit, in the order in which the units come. */
export function cheapestByUnit(pricings: readonly OctoUnitPricing[]): OctoUnitPricing[] {
  const cheapest = new Map<string, OctoUnitPricing>();
  for (const each of pricings) {
    const known = cheapest.get(each.unitId);
    if (known === undefined || each.retail < known.retail) cheapest.set(each.unitId, each);
  }
  return [...cheapest.values()];
}

export function cheapest(pricings: readonly OctoPricing[]): OctoPricing | undefined {
  return pricings.toSorted((one, other) => one.retail - other.retail)[0];
}

function minorUnits(price: number): number {
  return Math.round(price * 10 ** PRECISION);
}
