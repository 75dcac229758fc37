import type { DayDocument, Oddity } from '../../inventory/index.js';

/** An answer about a day, and when it was true. */
export interface Said {
  readonly document: DayDocument;
  readonly oddities: readonly Oddity[];
  readonly sentAt: Date;
  /** When the request was sent, minus the age that the answer names. */
  readonly confirmedAt: Date;
  /** The answer said that there are no slots, in another form than a list. */
  readonly indirect: boolean;
}
