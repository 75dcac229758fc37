import type { Fragment } from '../prisma/index.js';
import type { LocalDate } from '../time/index.js';
import type { Oddity } from './oddity.shape.js';

/** One experience on one local date. */
export interface DayKey {
  readonly experienceId: number;
  readonly date: LocalDate;
}

/** That a day was answered. */
export interface Confirmation {
  /**
   * When the request was sent, less the age that the answer names: it tells the truth of that instant or a later one.
   */
  readonly confirmedAt: Date;
  readonly oddities: readonly Oddity[];
  /** Assignments of the scheduling columns, see `sync/schedule/sql/recorded-columns.ts`. */
  readonly scheduling: Fragment;
}
