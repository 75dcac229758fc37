import type { DayAnswer } from '../../supplier/index.js';
import type { ClaimedDay } from '../schedule/day-queue.js';

/** The day that a list came for. */
export interface Listed {
  /** Its request before this one failed. */
  readonly failedBefore: boolean;
  /** It has slots although the product had said that there are none. */
  readonly refuted: boolean;
  /** Some slots of its previous list could not be read. */
  readonly droppedBefore: boolean;
  /** What could not be read in this list; null: all slots could be read. */
  readonly dropped: string | null;
}

export function listedBy(day: ClaimedDay, { slots, oddities, dropped }: DayAnswer): Listed {
  return {
    failedBefore: day.attempts > 0,
    refuted: slots.length > 0 && day.emptySeenAt !== null,
    droppedBefore: day.droppedSlots > 0,
    dropped: dropped === 0 ? null : (oddities.find(({ code }) => code === 'slot_dropped')?.detail ?? ''),
  };
}
