import { placesOf, type PaxAvailability, type Slot } from '../inventory/index.js';

/** How many of a unit a client wants to book. */
export interface RequestedUnit {
  readonly id: string;
  readonly quantity: number;
}

/** Whether all of the party can be booked: so many of each unit are left and allowed, and the sum fits into the slot. */
export function fits(party: readonly RequestedUnit[], slot: Slot): boolean {
  const taken = party.reduce((sum, unit) => sum + unit.quantity * placesOf(paxOf(unit, slot) ?? {}), 0);
  return taken <= (slot.remaining ?? Infinity) && party.every((unit) => isLeft(unit, slot));
}

function isLeft(unit: RequestedUnit, slot: Slot): boolean {
  const pax = paxOf(unit, slot);
  if (!pax) return false;
  const most = Math.min(pax.max ?? Infinity, pax.remaining ?? Infinity);
  return unit.quantity >= (pax.min ?? 0) && unit.quantity <= most;
}

function paxOf({ id }: RequestedUnit, slot: Slot): PaxAvailability | undefined {
  return slot.paxAvailability.find(({ type }) => type === id);
}
