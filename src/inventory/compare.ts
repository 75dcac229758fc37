import type { DayDocument } from './day-document.js';

/** The stored state of a day when its request was sent. */
export interface KnownDay {
  /** Null: never confirmed. */
  readonly fingerprint: string | null;
  readonly openSlots: number | null;
  /** When an empty answer came that is still unconfirmed; null: none. */
  readonly emptySeenAt: Date | null;
}

/** What an answer means for the day: the same as before, something new, or an empty answer that needs a second one. */
export type Comparison = 'unchanged' | 'changed' | 'unconfirmed';

/**
 * Many outages of suppliers look like an empty answer for a day with open slots. So it is recorded only after a second request
 * confirms it. An answer that lists only unreadable slots is not empty.
 * @param indirect the answer was no empty list but another form of "no slots", which always needs a second one
 */
export function compare(known: KnownDay, answer: DayDocument, indirect = false): Comparison {
  if (known.fingerprint === answer.fingerprint) return 'unchanged';
  const surprising = answer.json === '[]' && answer.dropped === 0 && (indirect || wasOpen(known));
  return surprising && known.emptySeenAt === null ? 'unconfirmed' : 'changed';
}

/** Whether the day has known slots that can be booked. */
export function wasOpen({ openSlots }: Pick<KnownDay, 'openSlots'>): boolean {
  return (openSlots ?? 0) > 0;
}
