import type { Slot } from './slot.js';

/** What of a day became different. */
export interface DayDifference {
  /** A price of a slot that was there before and still is. */
  readonly prices: boolean;
  /** Anything else: slots, what remains, times, pax types. */
  readonly rest: boolean;
}

export const NO_DIFFERENCE: DayDifference = { prices: false, rest: false };

/**
 * @param before JSON text of the slots as they were stored; null: none were
 * @param after likewise, as they are now
 */
export function dayDifference(before: string | null, after: string): DayDifference {
  if (before === null || before === after) return NO_DIFFERENCE;
  const old = new Map((JSON.parse(before) as Slot[]).map((slot) => [keyOf(slot), slot]));
  const slots = JSON.parse(after) as Slot[];
  const prices = slots.some((slot) => {
    const known = old.get(keyOf(slot));
    return known !== undefined && pricesOf(known) !== pricesOf(slot);
  });
  const rest =
    slots.length !== old.size || slots.some((slot) => withoutPrices(old.get(keyOf(slot))) !== withoutPrices(slot));
  return { prices, rest };
}

/** A supplier's slot id may occur in several variants. */
function keyOf({ providerSlotId, variantId }: Slot): string {
  return `${variantId} ${providerSlotId}`;
}

function pricesOf({ price, paxAvailability }: Slot): string {
  return JSON.stringify([price, paxAvailability.map((pax) => [pax.type, pax.price])]);
}

function withoutPrices(slot: Slot | undefined): string | undefined {
  return (
    slot &&
    JSON.stringify({
      ...slot,
      price: null,
      paxAvailability: slot.paxAvailability.map((pax) => ({ ...pax, price: null })),
    })
  );
}
