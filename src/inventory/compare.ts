import type { DayDocument } from './day-document.js';

/** The stored state of a day when its request was sent. */
export interface KnownDay {
  /** Null: never confirmed. */
  readonly fingerprint: string | null;
  readonly openSlots: number | null;
}

/** What is known of an empty answer beside its document. */
export interface EmptyAnswer {
  /** It was no empty list but another form of "no slots", which always needs a second answer. */
  readonly indirect?: boolean;
  /** It is the second one, or needs none. */
  readonly confirmed?: boolean;
}

/** What an answer means for the day: the same as before, something new, or an empty answer that needs a second one. */
export type Comparison = 'unchanged' | 'changed' | 'unconfirmed';

/**
 * Many outages of suppliers look like an empty answer for a day with open slots. So it is recorded only after a second request
 * confirms it. An answer that lists only unreadable slots is not empty.
 */
export function compare(
  known: KnownDay,
  answer: DayDocument,
  { indirect = false, confirmed = false }: EmptyAnswer = {},
): Comparison {
  if (known.fingerprint === answer.fingerprint) return 'unchanged';
  const surprising = answer.json === '[]' && answer.dropped === 0 && (indirect || wasOpen(known));
  return surprising && !confirmed ? 'unconfirmed' : 'changed';
}

/** Whether the day has known slots that can be booked. */
export function wasOpen({ openSlots }: Pick<KnownDay, 'openSlots'>): boolean {
  return (openSlots ?? 0) > 0;
}
