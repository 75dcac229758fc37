import type { LeapSlot } from '../../src/sandbox/index.js';

/**
 * What is to be served for what the partner says, worked out anew from the HTTP contract: slots by start time, primary
 * pax type first, a slot's price that of its primary pax type.
 */
export function expectedSlots(answer: unknown): unknown[] {
  const slots = (answer as LeapSlot[]).map((slot) => {
    const primary = slot.paxAvailability.findIndex((pax) => pax.isPrimary);
    const pax = [...slot.paxAvailability];
    if (primary > 0) pax.unshift(...pax.splice(primary, 1));
    return { ...slot, price: pax[0]?.price, paxAvailability: pax };
  });
  const place = (slot: LeapSlot): string => `${slot.startTime} ${slot.providerSlotId}`;
  return slots.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
