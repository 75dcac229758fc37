import type { LocalDate } from '../time/index.js';
import type { Oddity } from './oddity.shape.js';

/** One experience on one local date. */
export interface DayKey {
  readonly experienceId: number;
  readonly date: LocalDate;
}

/** A day's place in the queue, see `sync/policy/turn.ts`. */
export interface DayTurn {
  readonly tempo: number;
  readonly turn: number | null;
}

/** That a day was answered, and what follows for its next deadline. */
export interface Confirmation {
  /**
   * When the request was sent, less the age that the answer names: it tells the truth of that instant or a later one.
   */
  readonly confirmedAt: Date;
  readonly staleAfter: Date;
  /** Null: the date is over before it would be due. */
  readonly dueAt: Date | null;
  /** Who holds the lease that this ends. */
  readonly by: string;
  readonly place: DayTurn;
  readonly oddities: readonly Oddity[];
}
