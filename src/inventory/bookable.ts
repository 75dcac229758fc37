import type { PaxAvailability, SuppliedSlot } from './slot.js';

/** How many of the slot's places one of this type takes. */
export function placesOf({ places = 1 }: Pick<PaxAvailability, 'places'>): number {
  return places;
}

/** Whether a booking can include this pax type: its least number is available and allowed. */
export function canBeBought(pax: PaxAvailability, slot: Pick<SuppliedSlot, 'remaining'>): boolean {
  const least = Math.max(1, pax.min ?? 1);
  const fits = least * placesOf(pax) <= (slot.remaining ?? Infinity);
  return fits && least <= Math.min(pax.remaining ?? Infinity, pax.max ?? Infinity);
}

/** Whether at least one pax type of the slot can be bought. */
export function isBookable(slot: SuppliedSlot): boolean {
  return slot.paxAvailability.some((pax) => canBeBought(pax, slot));
}
