import type { Fragment } from '../prisma/index.js';
import type { LocalDate } from '../time/index.js';
import type { Oddity } from './oddity.shape.js';

/** One experience on one local date. */
export interface DayKey {
  readonly experienceId: number;
  readonly date: LocalDate;
}

/** Names a day where a string is needed: as the key of a map, or of an event. */
export function dayName({ experienceId, date }: DayKey): string {
  return `${experienceId} ${date}`;
}

/** The circumstances of a recorded answer. */
export interface Confirmation {
  /**
   * When the request was sent, minus the age that the answer names. The answer was true at that instant or later.
   */
  readonly confirmedAt: Date;
  readonly oddities: readonly Oddity[];
  /** Assignments of the scheduling columns, see `sync/schedule/sql/recorded-columns.ts`. */
  readonly scheduling: Fragment;
}
