import type { Slot } from './slot.js';

/** What changed in a day. */
export interface DayDifference {
  /** A price of a slot that existed before and still exists. */
  readonly prices: boolean;
  /** Anything else: slots, remaining places, times, pax types. */
  readonly rest: boolean;
}

export const NO_DIFFERENCE: DayDifference = { prices: false, rest: false };

/** Fields of a pax type that documents of 0.2 do not have. That they are added now is no change of the supplier's. */
const GROUPS = { category: undefined, minAge: undefined, maxAge: undefined };

/**
 * @param before JSON text of the slots that were stored; null: none
 * @param after JSON text of the slots now
 */
export function dayDifference(before: string | null, after: string): DayDifference {
  if (before === null || before === after) return NO_DIFFERENCE;
  const old = new Map((JSON.parse(before) as Slot[]).map((slot) => [keyOf(slot), slot]));
  const slots = JSON.parse(after) as Slot[];
  const ignored = isWithoutGroups(old) ? GROUPS : {};
  const prices = slots.some((slot) => {
    const known = old.get(keyOf(slot));
    return known !== undefined && pricesOf(known) !== pricesOf(slot);
  });
  const rest =
    slots.length !== old.size ||
    slots.some((slot) => withoutPrices(old.get(keyOf(slot)), ignored) !== withoutPrices(slot, ignored));
  return { prices, rest };
}

function isWithoutGroups(old: ReadonlyMap<string, Slot>): boolean {
  return [...old.values()].some(({ paxAvailability }) => paxAvailability.some((pax) => !('category' in pax)));
}

/** A supplier's slot id may occur in several variants. */
function keyOf({ providerSlotId, variantId }: Slot): string {
  return `${variantId} ${providerSlotId}`;
}

function pricesOf({ price, paxAvailability }: Slot): string {
  return JSON.stringify([price, paxAvailability.map((pax) => [pax.type, pax.price])]);
}

function withoutPrices(slot: Slot | undefined, ignored: object): string | undefined {
  return (
    slot &&
    JSON.stringify({
      ...slot,
      price: null,
      paxAvailability: slot.paxAvailability.map((pax) => ({ ...pax, ...ignored, price: null })),
    })
  );
}
