import type { Slot } from '../inventory/index.js';

/** How many of a unit a client wants to book. */
export interface RequestedUnit {
  readonly id: string;
  readonly quantity: number;
}

/** Whether all of the party can be booked: so many of each unit are left and allowed, and the sum fits into the slot. */
export function fits(party: readonly RequestedUnit[], slot: Slot): boolean {
  const total = party.reduce((sum, { quantity }) => sum + quantity, 0);
  return total <= (slot.remaining ?? Infinity) && party.every((unit) => isLeft(unit, slot));
}

function isLeft({ id, quantity }: RequestedUnit, slot: Slot): boolean {
  const pax = slot.paxAvailability.find(({ type }) => type === id);
  if (!pax) return false;
  return quantity >= (pax.min ?? 0) && quantity <= Math.min(pax.max ?? Infinity, pax.remaining ?? Infinity);
}
