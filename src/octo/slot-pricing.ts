import type { Slot } from '../inventory/index.js';
import { octoPricing, totalOf, type OctoPricing } from './money.js';
import type { RequestedUnit } from './party.js';

export interface UnitPricing extends OctoPricing {
  readonly unitId: string;
}

/** What a slot costs: by unit, or in all. */
export interface SlotPricing {
  readonly unitPricing?: readonly UnitPricing[];
  /** The price of a booking, or of the whole party where the units are priced. */
  readonly pricing?: OctoPricing;
}

/** The pax type of a price for a whole booking, whoever takes part. */
export const BOOKING = 'BOOKING';

/** Its price is that of a booking and not of a unit. */
export function isPerBooking({ paxAvailability: [only, ...others] }: Slot): boolean {
  return only?.type === BOOKING && only.category === null && only.max === 1 && others.length === 0;
}

/** @returns undefined: a price of it can't be said in OCTO */
export function pricingOf(slot: Slot, party: readonly RequestedUnit[]): SlotPricing | undefined {
  const unitPricing: UnitPricing[] = [];
  for (const { type, price } of slot.paxAvailability) {
    const pricing = octoPricing(price);
    if (!pricing) return undefined;
    unitPricing.push({ unitId: type, ...pricing });
  }
  if (!isPerBooking(slot)) return { unitPricing, ...totalPricing(unitPricing, party) };
  const [first] = unitPricing;
  return first && { pricing: withoutUnit(first) };
}

function totalPricing(unitPricing: readonly UnitPricing[], party: readonly RequestedUnit[]): SlotPricing {
  if (party.length === 0) return {};
  const parts = party.flatMap(({ id, quantity }) => {
    const found = unitPricing.find(({ unitId }) => unitId === id);
    return found ? [[withoutUnit(found), quantity] as const] : [];
  });
  const pricing = parts.length === party.length ? totalOf(parts) : undefined;
  return pricing ? { pricing } : {};
}

/** The cheapest price of each unit, or of a booking. */
export function pricingFrom(slots: readonly SlotPricing[]): {
  readonly unitPricingFrom?: readonly UnitPricing[];
  readonly pricingFrom?: OctoPricing;
} {
  const units = new Map<string, UnitPricing>();
  let booking: OctoPricing | undefined;
  for (const { unitPricing, pricing } of slots) {
    for (const price of unitPricing ?? []) units.set(price.unitId, cheaper(units.get(price.unitId), price));
    if (!unitPricing && pricing) booking = cheaper(booking, pricing);
  }
  return booking && units.size === 0 ? { pricingFrom: booking } : { unitPricingFrom: [...units.values()] };
}

/** Prices in other currencies than the first are not compared with it. */
function cheaper<T extends OctoPricing>(known: T | undefined, other: T): T {
  if (!known) return other;
  return other.currency === known.currency && amount(other) < amount(known) ? other : known;
}

function amount({ retail, currencyPrecision }: OctoPricing): number {
  return retail / 10 ** currencyPrecision;
}

/** The price alone. */
export function withoutUnit({
  original,
  retail,
  net,
  currency,
  currencyPrecision,
  includedTaxes,
}: OctoPricing): OctoPricing {
  return { original, retail, net, currency, currencyPrecision, includedTaxes };
}
