import type { DayDocument } from './day-document.js';

/** What was known of a day when it was asked for. */
export interface KnownDay {
  /** Null: never confirmed. */
  readonly fingerprint: string | null;
  readonly openSlots: number | null;
  /** The last answer said that there is nothing, which was not believed yet. */
  readonly emptySeenAt: Date | null;
}

/** What an answer means for the day: the same as before, something new, or too surprising to be believed at once. */
export type Comparison = 'unchanged' | 'changed' | 'unconfirmed';

/**
 * An empty answer for a day that has open slots is how many outages of suppliers look from outside: it is believed only
 * when a second request says the same. One that lists slots, though none of them can be read, is not empty.
 * @param indirect it was no empty list, but another way to say that there is nothing: that is never believed at once
 */
export function compare(known: KnownDay, answer: DayDocument, indirect = false): Comparison {
  if (known.fingerprint === answer.fingerprint) return 'unchanged';
  const surprising = answer.json === '[]' && answer.dropped === 0 && (indirect || wasOpen(known));
  return surprising && known.emptySeenAt === null ? 'unconfirmed' : 'changed';
}

/** Whether it is known to have slots that can be booked. */
export function wasOpen({ openSlots }: Pick<KnownDay, 'openSlots'>): boolean {
  return (openSlots ?? 0) > 0;
}
