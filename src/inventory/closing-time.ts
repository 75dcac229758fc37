import type { SuppliedSlot } from './slot.js';

/** The end of the date. */
export const END_OF_DATE = '24:00';

const DATE_MINUTES = 1_440;
/** A slot within one date of at least this length is an entry window and not a tour. Minutes. */
const ENTRY_MINUTES = 240;
/** Ends that, with a start at midnight, mean the whole date. */
const WHOLE_DATE_ENDS: readonly (string | null)[] = [null, '00:00', '23:59', END_OF_DATE];

type Times = Pick<SuppliedSlot, 'startTime' | 'endTime'>;

/**
 * Until when a slot can be booked, local `HH:MM`; `24:00`: until its date is over. A day ticket closes at the end of the date,
 * an entry window at its end, and a tour at its start. A slot that lasts beyond midnight is a tour, however long it is.
 */
export function closesAt(slot: Times): string {
  const minutes = lengthOf(slot);
  if (isDayTicket(slot, minutes)) return END_OF_DATE;
  const end = minutesOf(slot.startTime) + minutes;
  return minutes < ENTRY_MINUTES || end > DATE_MINUTES ? slot.startTime : timeOf(end);
}

/** Local `HH:MM` from which no slot can be booked any more; null: bookable until the date is over, or no slots. */
export function lastClosing(slots: readonly Times[]): string | null {
  const last = slots.map(closesAt).reduce((latest, time) => (time > latest ? time : latest), '');
  return last === '' || last === END_OF_DATE ? null : last;
}

function isDayTicket({ startTime, endTime }: Times, minutes: number): boolean {
  return startTime === '00:00' && (WHOLE_DATE_ENDS.includes(endTime) || minutes >= ENTRY_MINUTES);
}

/** Minutes; an end before the start is on the next date. */
function lengthOf({ startTime, endTime }: Times): number {
  if (endTime === null) return 0;
  const minutes = minutesOf(endTime) - minutesOf(startTime);
  return minutes < 0 ? minutes + DATE_MINUTES : minutes;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function timeOf(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
