import type { PaxAvailability, SuppliedSlot } from './slot.js';

/** Whether a booking can include this pax type: its least number is available and allowed. */
export function canBeBought(pax: PaxAvailability, slot: Pick<SuppliedSlot, 'remaining'>): boolean {
  const least = Math.max(1, pax.min ?? 1);
  return least <= Math.min(pax.remaining ?? Infinity, slot.remaining ?? Infinity, pax.max ?? Infinity);
}

/** Whether at least one pax type of the slot can be bought. */
export function isBookable(slot: SuppliedSlot): boolean {
  return slot.paxAvailability.some((pax) => canBeBought(pax, slot));
}
