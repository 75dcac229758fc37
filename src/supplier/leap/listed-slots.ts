import type { SuppliedSlot } from '../../inventory/index.js';
import type { Mask } from '../../secrets/index.js';
import { quote, type Note } from './slot-reading.js';

/** One element of the list. */
export interface ListedSlot {
  /** From 0. */
  readonly index: number;
  /** Null: it is left out. */
  readonly slot: SuppliedSlot | null;
  /** The first of each kind. */
  readonly notes: readonly Note[];
}

/**
 * Exact repetitions become one slot. Slots of one id and variant that differ contradict one another: all of them are left
 * out, for nobody can tell which one holds.
 */
export function settleListed(listed: readonly ListedSlot[], mask: Mask): ListedSlot[] {
  const first = new Map<string, SuppliedSlot>();
  const contradictory = new Set<string>();
  const repeated = new Set<number>();
  for (const { slot, index } of listed) {
    if (!slot) continue;
    const known = first.get(keyOf(slot));
    if (!known) first.set(keyOf(slot), slot);
    else if (contentOf(known) === contentOf(slot)) repeated.add(index);
    else contradictory.add(keyOf(slot));
  }
  return listed.flatMap((element) => {
    const { slot, index } = element;
    if (slot && contradictory.has(keyOf(slot))) return [contradiction(index, slot, mask)];
    return repeated.has(index) ? [] : [element];
  });
}

/** @param why `path: reason` */
export function leftOut(index: number, why: string): ListedSlot {
  return { index, slot: null, notes: [{ code: 'slot_dropped', detail: `${why}; the slot is left out` }] };
}

function contradiction(index: number, { providerSlotId }: SuppliedSlot, mask: Mask): ListedSlot {
  const why = `${quote(providerSlotId, mask)} is listed several times with different content`;
  return leftOut(index, `[${index}].providerSlotId: ${why}`);
}

function keyOf({ providerSlotId, variantId }: SuppliedSlot): string {
  return `${variantId} ${providerSlotId}`;
}

/** In whatever order the pax types are listed. */
function contentOf(slot: SuppliedSlot): string {
  const paxAvailability = [...slot.paxAvailability].sort((a, b) => (a.type < b.type ? -1 : 1));
  return JSON.stringify({ ...slot, paxAvailability });
}
