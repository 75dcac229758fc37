import { tempoOf, TEMPOS } from './tempo.js';
import { dueLead, firstValue, relativeValue, type DayPosition, type DayRates } from './value-due.js';

/** A day's place in the queue: among the days of one tempo, the one with the smallest turn goes first. */
export interface Turn {
  /** 0 … TEMPOS − 1: the class of its term, `turn` is its due time (epoch milliseconds); TEMPOS: surely stale, `turn` is −V/λ. */
  readonly tempo: number;
  /** Null: a request for it is never worth its price. */
  readonly turn: number | null;
}

/** Turns activity leads of one day into instants, and back. */
export interface ActivityTimeline {
  /** Epoch milliseconds at which the activity lead is `u`. */
  readonly instantOf: (u: number) => number;
  readonly leadAt: (instantMs: number) => number;
}

export interface PlannedPosition {
  /** Epoch milliseconds; null: never confirmed. */
  readonly confirmedAt: number | null;
  readonly now: number;
  /** Epoch milliseconds after which nobody can book it; null: until its date is over. */
  readonly lastStart: number | null;
  /** How surely it is stale whatever its age, 0 … 1; a day that was never confirmed is. */
  readonly doubt: number;
  /** Days that a round of all days takes at this budget; undefined: long. */
  readonly round?: number;
}

/**
 * Plans when a day is to be asked for.
 * @param price λ, the price of a request in reads, see `price.ts`
 */
export function turnOf(rates: DayRates, day: PlannedPosition, timeline: ActivityTimeline, price: number): Turn {
  const now = timeline.leadAt(day.now);
  const position: DayPosition = {
    confirmed: day.confirmedAt === null ? now : timeline.leadAt(day.confirmedAt),
    now,
    lastStart: day.lastStart === null ? -1 : timeline.leadAt(day.lastStart),
    doubt: day.confirmedAt === null ? 1 : day.doubt,
  };
  if (position.doubt > 0) {
    const value =
      day.confirmedAt === null
        ? firstValue(rates, position, price, day.round ?? Infinity)
        : relativeValue(rates, position, price);
    return { tempo: TEMPOS, turn: value > 0 ? -value : null };
  }
  // From its confirmation on: when it is over already, how long ago is what its rank is made of.
  const due = dueLead(rates, { ...position, now: position.confirmed }, price);
  if (due === undefined || day.confirmedAt === null) return { tempo: TEMPOS - 1, turn: null };
  const dueAt = timeline.instantOf(due);
  return { tempo: tempoOf(dueAt - day.confirmedAt), turn: dueAt };
}
