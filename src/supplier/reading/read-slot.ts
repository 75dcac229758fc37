import type { SuppliedSlot } from '../../inventory/index.js';
import type { SlotKey } from './listed-slots.js';
import { readCount, readWhole } from './read-numbers.js';
import { settlePaxTypes } from './settle-pax.js';
import { readPaxTypes, withCurrency, type PaxGroupReader, type ReadPax } from './read-listed-pax.js';
import { isSlotId, readCurrency, readSlotId } from './read-texts.js';
import { checkStartDate, isTime, readEndTime, readStartTime } from './read-times.js';
import { fieldOf, isRecord, UnreadableSlot, type Place, type SlotReading } from './slot-reading.js';

/** Whether the value is meant as a slot, readable or not. */
export function isSlotLike(value: unknown): boolean {
  const place = { value, path: '' };
  return isTime(fieldOf(place, 'startTime').value) || isSlotId(fieldOf(place, 'providerSlotId').value);
}

/**
 * The one sane reading of a slot that is listed with the field names of our own. Unknown fields are ignored.
 * @param groupOf who a pax type is for
 * @throws UnreadableSlot if it has no sane reading, or several
 */
export function readSlot(reading: SlotReading, place: Place, groupOf: PaxGroupReader): SuppliedSlot {
  if (!isRecord(place.value)) return reading.expected('a slot', place);
  const startDate = fieldOf(place, 'startDate');
  checkStartDate(reading, startDate);
  const startTime = readStartTime(reading, fieldOf(place, 'startTime'), startDate);
  const paxPlace = fieldOf(place, 'paxAvailability');
  const paxTypes = readPaxTypes(reading, paxPlace, groupOf);
  const currencyCode = currencyOf(reading, fieldOf(place, 'currencyCode'), paxTypes);
  return {
    startDate: reading.asked.date,
    startTime,
    endTime: readEndTime(reading, fieldOf(place, 'endTime'), startTime),
    providerSlotId: readSlotId(reading, fieldOf(place, 'providerSlotId')),
    variantId: readVariant(reading, place),
    remaining: readCount(reading, fieldOf(place, 'remaining')),
    currencyCode,
    paxAvailability: settlePaxTypes(reading, paxPlace, withCurrency(paxTypes, currencyCode)),
  };
}

/** The key of an unreadable slot; null: unknown. */
export function readSlotKey(reading: SlotReading, place: Place): SlotKey | null {
  const providerSlotId = ifReadable(() => readSlotId(reading, fieldOf(place, 'providerSlotId')));
  if (providerSlotId === undefined) return null;
  return { providerSlotId, variantId: ifReadable(() => readVariant(reading, place)) };
}

function readVariant(reading: SlotReading, place: Place): number | null {
  return readWhole(reading, fieldOf(place, 'variantId'));
}

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableSlot) return undefined;
    throw error;
  }
}

/** The currency of the slot, else that of its primary pax type, else the only one that its prices name. */
function currencyOf(reading: SlotReading, place: Place, paxTypes: readonly ReadPax[]): string {
  const primary = paxTypes.find((pax) => pax.isPrimary);
  const code = readCurrency(reading, place) ?? primary?.price.currencyCode ?? onlyCurrency(paxTypes);
  return code ?? reading.refuse(place, 'the slot has no currency, and its prices name none or several');
}

function onlyCurrency(paxTypes: readonly ReadPax[]): string | undefined {
  const [code, ...others] = new Set(paxTypes.flatMap(({ price }) => price.currencyCode ?? []));
  return others.length === 0 ? code : undefined;
}
