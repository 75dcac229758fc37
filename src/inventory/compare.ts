import type { DayDocument } from './day-document.js';

/** The stored state of a day when its request was sent. */
export interface KnownDay {
  /** Null: never confirmed. */
  readonly fingerprint: string | null;
  readonly openSlots: number | null;
  /** When the first empty answer came that is still unconfirmed; null: none. */
  readonly emptySeenAt: Date | null;
}

/** What an answer means for the day: the same as before, something new, or an empty answer that needs a second one. */
export type Comparison = 'unchanged' | 'changed' | 'unconfirmed';

/**
 * Many outages of suppliers look like an empty answer for a day with open slots. So it is recorded only after a second request
 * confirms it. An answer that lists only unreadable slots is not empty.
 * @param confirmedAt when the answer was true
 * @param indirect the answer was no empty list but another form of "no slots", which always needs a second one
 */
export function compare(known: KnownDay, answer: DayDocument, confirmedAt: Date, indirect = false): Comparison {
  if (known.fingerprint === answer.fingerprint) return 'unchanged';
  const surprising = answer.json === '[]' && answer.dropped === 0 && (indirect || wasOpen(known));
  return surprising && !isSecond(confirmedAt, known.emptySeenAt) ? 'unconfirmed' : 'changed';
}

/** Caches state ages in whole seconds, rounded down. */
const AGE_UNIT_MS = 1_000;

/**
 * Whether an answer is another one than the first that said "no slots". A cache repeats that one for as long as it keeps it.
 * @param seenAt when the first one came; null: there was none
 */
export function isSecond(confirmedAt: Date, seenAt: Date | null): boolean {
  return seenAt !== null && confirmedAt.getTime() - seenAt.getTime() >= AGE_UNIT_MS;
}

/** Whether the day has known slots that can be booked. */
export function wasOpen({ openSlots }: Pick<KnownDay, 'openSlots'>): boolean {
  return (openSlots ?? 0) > 0;
}
