import type { Slot, SpanDay } from '../inventory/index.js';
import { addDays } from '../time/index.js';
import type { AvailabilityItem } from './availability-item.js';
import { localInstant, localIso, utcIso } from './local-instants.js';

/** What the capability `slotmirror/days` adds to each item: the slot as it is stored, because OCTO has no word for all of it. */
interface Mirrored {
  /** When the supplier confirmed the day. */
  readonly asOf: string;
  /** Null: the day has no slots, and this item stands for it. */
  readonly slot: Slot | null;
}

/** The items of a known day, at least one. */
export function mirroredItems(
  day: SpanDay,
  itemOf: (slot: Slot) => AvailabilityItem | undefined,
  zone: string,
): AvailabilityItem[] {
  const asOf = new Date(day.confirmedAt).toISOString();
  const items = day.slots.flatMap((slot) => withSlot(itemOf(slot), { asOf, slot }));
  return items.length > 0 ? items : withSlot(closedItem(day, zone), { asOf, slot: null });
}

function withSlot(item: AvailabilityItem | undefined, slotmirror: Mirrored): AvailabilityItem[] {
  return item ? [Object.assign(item, { slotmirror })] : [];
}

/** As suppliers list a closed date: nothing of it can be booked, and it has no price. */
function closedItem({ date }: SpanDay, zone: string): AvailabilityItem {
  const end = localInstant(addDays(date, 1), '00:00', zone);
  return {
    ...{ id: date, localDateTimeStart: localIso(localInstant(date, '00:00', zone)), localDateTimeEnd: localIso(end) },
    ...{ utcCutoffAt: utcIso(end.at), allDay: true, available: false, status: 'CLOSED', vacancies: 0, capacity: null },
    ...{ maxUnits: 0, openingHours: [{ from: '00:00', to: '23:59' }] },
  };
}
