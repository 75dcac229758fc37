import type { Oddity, OddityCode } from '../../inventory/index.js';
import type { Note } from './slot-reading.js';

/**
 * One entry per kind, in the order of first occurrence.
 * @param slots the notes of each slot, one per kind
 */
export function collectOddities(slots: readonly (readonly Note[])[]): Oddity[] {
  const kinds = new Map<OddityCode, Oddity>();
  for (const { code, detail } of slots.flat()) {
    const known = kinds.get(code) ?? { code, detail, slots: 0 };
    kinds.set(code, { ...known, slots: known.slots + 1 });
  }
  return [...kinds.values()];
}
