import type { SuppliedSlot } from '../../inventory/index.js';
import type { Mask } from '../../secrets/index.js';
import { quote, shorten, type Note } from './slot-reading.js';

/** Identifies a slot within a day. */
export interface SlotKey {
  readonly providerSlotId: string;
  /** Undefined: it can't be read, so it may be any variant. */
  readonly variantId: number | null | undefined;
}

/** One element of the list. */
export type ListedSlot = TakenSlot | LeftOutSlot;

interface TakenSlot {
  /** From 0. */
  readonly index: number;
  readonly slot: SuppliedSlot;
  /** The first oddity of each kind. */
  readonly notes: readonly Note[];
}

interface LeftOutSlot extends Omit<TakenSlot, 'slot'> {
  readonly slot: null;
  /** `path: reason` */
  readonly why: string;
  /** The slot of this day that it concerns; null: unknown, or none. */
  readonly key: SlotKey | null;
}

/** The most characters of a reason, so that the whole text stays below 300. */
const MOST_TOLD = 270;

/**
 * Merges repetitions: slots that differ only in labels become one, the first of them. Slots of one id and variant that differ in
 * anything else contradict one another, and an unreadable one may do so too. All of them are left out, because it is
 * unknown which one is right.
 * @param idField the supplier's name of the id
 */
export function settleListed(listed: readonly ListedSlot[], mask: Mask, idField = 'providerSlotId'): ListedSlot[] {
  const { repeated, contradictory } = compared(listed);
  const unreadable = unreadableById(listed);
  const contradiction = (index: number, slot: SuppliedSlot, how: string): ListedSlot =>
    leftOut(index, `[${index}].${idField}: ${quote(slot.providerSlotId, mask)} is listed ${how}`, null);
  return listed.flatMap((element): ListedSlot[] => {
    const { slot, index } = element;
    if (!slot) return [element];
    if (contradictory.has(keyOf(slot))) return [contradiction(index, slot, 'several times with different content')];
    const again = unreadable.get(slot.providerSlotId)?.find(({ key }) => isSameVariant(key, slot));
    if (again) return [contradiction(index, slot, `again, but can't be read there (${again.why})`)];
    return repeated.has(index) ? [] : [element];
  });
}

/**
 * @param why `path: reason`
 * @param key the slot of this day that it concerns, if known
 */
export function leftOut(index: number, why: string, key: SlotKey | null): LeftOutSlot {
  const detail = `${shorten(why, MOST_TOLD)}; the slot is left out`;
  return { index, slot: null, why, key, notes: [{ code: 'slot_dropped', detail }] };
}

function compared(listed: readonly ListedSlot[]): { repeated: Set<number>; contradictory: Set<string> } {
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
  return { repeated, contradictory };
}

function unreadableById(listed: readonly ListedSlot[]): Map<string, LeftOutSlot[]> {
  const known = new Map<string, LeftOutSlot[]>();
  for (const element of listed) {
    if (element.slot || !element.key) continue;
    const { providerSlotId } = element.key;
    known.set(providerSlotId, [...(known.get(providerSlotId) ?? []), element]);
  }
  return known;
}

function isSameVariant(key: SlotKey | null, { variantId }: SuppliedSlot): boolean {
  return key !== null && (key.variantId === undefined || key.variantId === variantId);
}

function keyOf({ providerSlotId, variantId }: SuppliedSlot): string {
  return `${variantId} ${providerSlotId}`;
}

/** The content of a slot without labels, and independent of the order of its pax types. */
function contentOf(slot: SuppliedSlot): string {
  const figures = slot.paxAvailability.map((pax) => ({ ...pax, name: null, description: null }));
  return JSON.stringify({ ...slot, paxAvailability: figures.sort((a, b) => (a.type < b.type ? -1 : 1)) });
}
