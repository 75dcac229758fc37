import type { SuppliedSlot } from '../../inventory/index.js';
import { readFlag, readSlotId } from '../reading/read-texts.js';
import { fieldOf, type Place, type SlotReading } from '../reading/slot-reading.js';
import type { ItemContext } from './octo-request.js';
import { hasPrices, readPaxTypes } from './read-pax.js';
import { readRemaining } from './read-remaining.js';
import { readOpeningTimes, readSlotTimes } from './read-times.js';

/**
 * The one sane reading of an item of an availability answer that starts on the requested date of the reading.
 * @returns null: it can neither be booked nor has it a price. Suppliers list closed dates so
 * @throws UnreadableSlot if it has no sane reading, or several
 */
export function readItem(reading: SlotReading, item: Place, context: ItemContext): SuppliedSlot | null {
  const remaining = readRemaining(reading, item, context.sentAt);
  if (remaining === 0 && !hasPrices(item)) return null;
  const times = readFlag(reading, fieldOf(item, 'allDay'))
    ? readOpeningTimes(reading, item)
    : readSlotTimes(reading, item);
  const paxAvailability = readPaxTypes(reading, item, remaining, context);
  const primary = paxAvailability.find(({ isPrimary }) => isPrimary) ?? paxAvailability[0];
  return {
    startDate: reading.asked.date,
    ...times,
    providerSlotId: readSlotId(reading, fieldOf(item, 'id')),
    variantId: null,
    remaining,
    currencyCode: primary?.price.currencyCode ?? reading.refuse(item, context.noPrice),
    paxAvailability,
  };
}
