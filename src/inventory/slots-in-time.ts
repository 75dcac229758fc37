import { closesAt } from './closing-time.js';
import type { Slot } from './slot.js';

/** The slots of a day at a local time of its date. */
export interface SlotsInTime {
  /** JSON text of the slots. */
  readonly json: string;
  /** How many of them have closed with places left. They are shown without places. */
  readonly closed: number;
  /** When the next one closes, `HH:MM` or `24:00`. Null: all have closed. */
  readonly next: string | null;
}

/**
 * The slots of a day at a local time. A slot that has closed can't be booked, so it is listed without places, like one that is
 * sold out.
 * @param slotsJson as stored. The same text is returned if no slot has to be changed.
 * @param time `HH:MM`
 */
export function slotsAt(slotsJson: string, time: string): SlotsInTime {
  const slots = JSON.parse(slotsJson) as Slot[];
  let closed = 0;
  let next: string | null = null;
  const shown = slots.map((slot) => {
    const until = closesAt(slot);
    if (until > time) {
      if (next === null || until < next) next = until;
      return slot;
    }
    if (isSoldOut(slot)) return slot;
    closed++;
    return soldOut(slot);
  });
  return { json: closed === 0 ? slotsJson : JSON.stringify(shown), closed, next };
}

function isSoldOut({ remaining, paxAvailability }: Slot): boolean {
  return remaining === 0 && paxAvailability.every((pax) => pax.remaining === 0);
}

function soldOut(slot: Slot): Slot {
  return { ...slot, remaining: 0, paxAvailability: slot.paxAvailability.map((pax) => ({ ...pax, remaining: 0 })) };
}
