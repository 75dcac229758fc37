import type { PaxCategory, SuppliedSlot } from '../../inventory/index.js';
import { paxCategoryOf } from '../reading/pax-category.js';
import type { PaxGroup } from '../reading/read-listed-pax.js';
import { readBound } from '../reading/read-numbers.js';
import { readSlot } from '../reading/read-slot.js';
import { readStartTime } from '../reading/read-times.js';
import { fieldOf, isAbsent, isRecord, type Place, type SlotReading } from '../reading/slot-reading.js';
import type { HeaderReader } from '../quota.js';

/** The capability of a supplier that is a Slotmirror, too: with each item comes the slot as it is stored there. */
export const MIRRORED = 'slotmirror/days';

/** Whether the supplier offers it. Its descriptions say so. */
export function offersDays(header: HeaderReader): boolean {
  return namesDays(header('slotmirror-capabilities'));
}

/** Whether an answer has it. */
export function hasDays(header: HeaderReader): boolean {
  return namesDays(header('octo-capabilities'));
}

/** The dates of the answer that the supplier has never fetched. Without an item they would pass for closed. */
export function unknownDates(header: HeaderReader): ReadonlySet<string> {
  const named = header('slotmirror-unknown-dates');
  return new Set(typeof named === 'string' ? named.split(',').map((date) => date.trim()) : []);
}

/**
 * The stored slot of an item. Of OCTO's own members only the start is read: its offset must be that of the experience's zone.
 * @returns null: the day has no slots, which the item stands for
 */
export function readMirrored(reading: SlotReading, item: Place): SuppliedSlot | null {
  const own = fieldOf(item, 'slotmirror');
  if (!isRecord(own.value)) return reading.expected('the stored slot', own);
  const slot = fieldOf(own, 'slot');
  if (slot.value === null) return null;
  readStartTime(reading, fieldOf(item, 'localDateTimeStart'), { value: null, path: '' });
  return readSlot(reading, slot, (_, pax) => readGroup(reading, pax));
}

/** When the supplier of the supplier confirmed the day; undefined: it can't be read. @param items of the day */
export function readTrueAt(items: readonly Place[]): Date | undefined {
  const instants = items.map((item) => Date.parse(String(fieldOf(fieldOf(item, 'slotmirror'), 'asOf').value)));
  const first = Math.min(...instants);
  return Number.isFinite(first) ? new Date(first) : undefined;
}

function readGroup(reading: SlotReading, pax: Place): PaxGroup {
  const bound = (name: string) => readBound(reading, fieldOf(pax, name));
  const category = readCategory(reading, fieldOf(pax, 'category'));
  const places = bound('places') ?? 1;
  return { category, minAge: bound('minAge'), maxAge: bound('maxAge'), ...(places > 1 && { places }) };
}

function readCategory(reading: SlotReading, place: Place): PaxCategory | null {
  if (isAbsent(place.value)) return null;
  return (typeof place.value === 'string' ? paxCategoryOf(place.value) : null) ?? reading.expected('a category', place);
}

function namesDays(list: unknown): boolean {
  return typeof list === 'string' && list.split(',').some((name) => name.trim() === MIRRORED);
}
