import type { DayDocument, Oddity } from '../../inventory/index.js';

export interface AnswerTimes {
  readonly sentAt: Date;
  /** When the request was sent, minus the age that the answer names. */
  readonly confirmedAt: Date;
}

/** An answer about a day, and when it was true. */
export interface Said extends AnswerTimes {
  readonly document: DayDocument;
  readonly oddities: readonly Oddity[];
  /** The answer said that there are no slots, in another form than a list. */
  readonly indirect: boolean;
  /** The supplier says when it was true. So an empty answer needs no second one. */
  readonly dated: boolean;
}
