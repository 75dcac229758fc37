import type { DayDocument } from './day-document.js';

/** What was known of a day when it was asked for. */
export interface KnownDay {
  /** Null: never confirmed. */
  readonly fingerprint: string | null;
  readonly openSlots: number | null;
  /** The last answer was an empty one that was not believed yet. */
  readonly emptySeenAt: Date | null;
}

/** What an answer means for the day: the same as before, something new, or too surprising to be believed at once. */
export type Verdict = 'unchanged' | 'changed' | 'doubtful';

/**
 * An empty answer for a day that has open slots is how many partner outages look from outside: it is believed only when
 * a second request says the same.
 */
export function judge(known: KnownDay, answer: DayDocument): Verdict {
  if (known.fingerprint === answer.fingerprint) return 'unchanged';
  const empty = answer.json === '[]';
  return empty && (known.openSlots ?? 0) > 0 && known.emptySeenAt === null ? 'doubtful' : 'changed';
}
