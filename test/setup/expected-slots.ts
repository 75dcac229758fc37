import type { LeapPax, LeapSlot } from '../../src/sandbox/index.js';

/**
 * What is to be served for what the supplier says, worked out anew from the HTTP contract: slots by start time, the
 * primary pax type first and the others by type, a slot's price that of its primary pax type.
 */
export function expectedSlots(answer: unknown): unknown[] {
  const slots = (answer as LeapSlot[]).map((slot) => {
    const pax = slot.paxAvailability.map(grouped).toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
    return { ...slot, price: pax[0]?.price, paxAvailability: pax };
  });
  const place = (slot: LeapSlot): string => `${slot.startTime} ${slot.providerSlotId}`;
  return slots.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** With the category and the ages that `ADULT_12~99` names. */
export function grouped<P extends { readonly type: string }>(
  pax: P,
): P & Record<'category' | 'minAge' | 'maxAge', unknown> {
  const [, category = null, from, to] = /^([A-Z]+)_(\d+)~(\d+)$/.exec(pax.type) ?? [];
  return { ...pax, category, minAge: from ? Number(from) : null, maxAge: to ? Number(to) : null };
}

function rank({ isPrimary, type }: LeapPax): string {
  return `${isPrimary ? 0 : 1} ${type}`;
}
