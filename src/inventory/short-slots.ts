import { primaryOf } from './primary-pax.js';
import type { PaxCategory, Slot } from './slot.js';

/** What slots of a day have in common: a pax type, its bounds, and the currency of its price. */
export type PaxKind = readonly [
  type: string,
  category: PaxCategory | null,
  /** 1: the primary pax type of the slot. */
  primary: 0 | 1,
  min: number | null,
  max: number | null,
  currencyCode: string,
];

/** A slot with all that says who can book it and for how much. */
export type ShortSlot = readonly [
  startTime: string,
  endTime: string | null,
  providerSlotId: string,
  variantId: number | null,
  remaining: number | null,
  /** Three numbers each: the place of the kind, what remains (null: unlimited), the final price. */
  pax: readonly (number | null)[],
];

/** All slots of a day, in the order of the document, in a tenth of its length. */
export type ShortSlots = readonly [kinds: readonly PaxKind[], slots: readonly ShortSlot[]];

/** Numbers of a pax type in a `ShortSlot`. */
export const PAX_STEP = 3;

/** @param slots in the order of the document */
export function shortSlots(slots: readonly Slot[]): ShortSlots {
  const kinds: PaxKind[] = [];
  const places = new Map<string, number>();
  const placeOf = (kind: PaxKind): number => {
    const key = JSON.stringify(kind);
    const place = places.get(key) ?? kinds.push(kind) - 1;
    places.set(key, place);
    return place;
  };
  const short = slots.map((slot): ShortSlot => {
    const primary = primaryOf(slot.paxAvailability);
    const pax = slot.paxAvailability.flatMap((each) => {
      const { type, min, max, remaining, price } = each;
      // Documents of 0.2 have no categories.
      const category = (each as { category?: PaxCategory | null }).category ?? null;
      return [
        placeOf([type, category, each === primary ? 1 : 0, min, max, price.currencyCode]),
        remaining,
        price.finalPrice,
      ];
    });
    return [slot.startTime, slot.endTime, slot.providerSlotId, slot.variantId, slot.remaining, pax];
  });
  return [kinds, short];
}
