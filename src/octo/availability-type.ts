import { closesAt, END_OF_DATE, type Slot } from '../inventory/index.js';

/** START_TIME: a buyer chooses a start. OPENING_HOURS: a ticket for the date, to come within its hours. */
export type AvailabilityType = 'START_TIME' | 'OPENING_HOURS';

export interface OpeningHours {
  readonly from: string;
  readonly to: string;
}

/** The last minute of a date: not every client knows 24:00. */
const LAST_MINUTE = '23:59';

/** One entry window or day ticket a date, and nothing else, is OPENING_HOURS. @param days the slots of each date */
export function availabilityTypeOf(days: readonly (readonly Slot[])[]): AvailabilityType {
  const open = days.filter(({ length }) => length > 0);
  const isTicket = (slots: readonly Slot[]) => slots.length === 1 && slots.every(isEntry);
  return open.length > 0 && open.every(isTicket) ? 'OPENING_HOURS' : 'START_TIME';
}

/** It can be booked until its end: who has a ticket comes when they like. A slot from midnight to some hour is a tour. */
function isEntry(slot: Slot): boolean {
  const until = closesAt(slot);
  const ends = [null, '00:00', LAST_MINUTE, END_OF_DATE, until];
  return until !== slot.startTime && ends.includes(slot.endTime);
}

/** The hours of a slot that is a ticket for its date. */
export function hoursOf(slot: Slot): OpeningHours {
  const until = closesAt(slot);
  return { from: slot.startTime, to: until === END_OF_DATE ? LAST_MINUTE : until };
}

/** Until when a slot can be booked, local time of its date. A start time closes when it starts, however long it lasts. */
export function cutoffOf(slot: Slot, type: AvailabilityType): string {
  return type === 'OPENING_HOURS' ? closesAt(slot) : slot.startTime;
}
