import type { Slot } from './slot.shape.js';

export type { PaxAvailability, PaxCategory, Price, Slot } from './slot.shape.js';

/** A start time of an experience on a date, as a supplier lists it. At least one pax type, and each type once. */
export type SuppliedSlot = Omit<Slot, 'price'>;
