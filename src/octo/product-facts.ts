import { placesOf, type PaxAvailability, type Slot, type SpanDay } from '../inventory/index.js';
import { availabilityTypeOf, hoursOf, type AvailabilityType, type OpeningHours } from './availability-type.js';
import { octoPricing } from './money.js';
import { isPerBooking, pricingFrom, pricingOf, type SlotPricing, type UnitPricing } from './slot-pricing.js';

/** A unit, as the slots of the window show it. */
export interface UnitFacts extends Pick<PaxAvailability, 'category' | 'minAge' | 'maxAge' | 'min' | 'max'> {
  readonly id: string;
  readonly name: string | null;
  /** Of a slot, that one takes. */
  readonly places: number;
}

/** What the known days of an experience say of it as a product. */
export interface ProductFacts {
  readonly type: AvailabilityType;
  /** Each start time once, in order. */
  readonly startTimes: readonly string[];
  /** Of a date that has none of its own. Empty: it has start times. */
  readonly usualHours: readonly OpeningHours[];
  readonly perBooking: boolean;
  /** The most frequent one first. */
  readonly currencies: readonly string[];
  readonly units: readonly UnitFacts[];
  /** The cheapest of all days. */
  readonly unitPricingFrom: readonly UnitPricing[];
  readonly pricingFrom: SlotPricing['pricing'];
}

export function productFacts(days: readonly SpanDay[]): ProductFacts {
  const slots = days.flatMap((day) => day.slots);
  const type = availabilityTypeOf(days.map((day) => day.slots));
  const prices = slots.flatMap((slot) => pricingOf(slot, []) ?? []);
  const from = pricingFrom(prices);
  const usual = type === 'OPENING_HOURS' ? slots[0] : undefined;
  return {
    type,
    startTimes: [...new Set(slots.map(({ startTime }) => startTime))].sort(),
    usualHours: usual ? [hoursOf(usual)] : [],
    perBooking: slots.length > 0 && slots.every(isPerBooking),
    currencies: currenciesOf(slots),
    units: unitsOf(slots),
    unitPricingFrom: from.unitPricingFrom ?? [],
    pricingFrom: from.pricingFrom,
  };
}

function unitsOf(slots: readonly Slot[]): UnitFacts[] {
  const units = new Map<string, UnitFacts>();
  for (const { paxAvailability } of slots) {
    for (const pax of paxAvailability) {
      const { type: id, name, category, minAge, maxAge, min, max } = pax;
      const known = units.get(id);
      const seen = { id, name, category, minAge, maxAge, min, max, places: placesOf(pax) };
      units.set(id, known ? widened(known, seen) : seen);
    }
  }
  return [...units.values()];
}

/** Bounds of all slots together: what is bounded in one of them only is no matter of the product. */
function widened(a: UnitFacts, b: UnitFacts): UnitFacts {
  return {
    ...a,
    name: a.name ?? b.name,
    category: a.category ?? b.category,
    minAge: both(a.minAge, b.minAge, Math.min),
    maxAge: both(a.maxAge, b.maxAge, Math.max),
    min: both(a.min, b.min, Math.min),
    max: both(a.max, b.max, Math.max),
    places: Math.max(a.places, b.places),
  };
}

function both(a: number | null, b: number | null, of: (a: number, b: number) => number): number | null {
  return a === null || b === null ? null : of(a, b);
}

function currenciesOf(slots: readonly Slot[]): string[] {
  const counts = new Map<string, number>();
  for (const { paxAvailability } of slots) {
    for (const { price } of paxAvailability) {
      if (octoPricing(price)) counts.set(price.currencyCode, (counts.get(price.currencyCode) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([code]) => code);
}
