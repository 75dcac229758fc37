import { intervalClassOf } from './interval-class.js';
import { dueLead, firstValue, relativeValue, type DayPosition, type DayRates } from './value-due.js';

/**
 * When a request for a day is worth the shadow price. A day with a refresh interval has a class and an instant. A day that is
 * stale with a known probability has a value. A day for which no request is ever worth the price has neither.
 */
export interface Priority {
  /** 0 … INTERVAL_CLASSES − 1: the class of the interval from its confirmation to `refreshAt`. */
  readonly intervalClass: number | null;
  /** When a request for it is worth the shadow price. Within a class the earliest goes first. */
  readonly refreshAt: Date | null;
  /** The value of a request for a day that has a stale probability, in shadow prices; above 0. */
  readonly refreshValue: number | null;
}

export const NO_PRIORITY: Priority = { intervalClass: null, refreshAt: null, refreshValue: null };

/** Converts activity leads of one day to instants, and back. */
export interface ActivityTimeline {
  /** Epoch milliseconds at which the activity lead is `u`. */
  readonly instantOf: (u: number) => number;
  readonly leadAt: (instantMs: number) => number;
}

export interface PlannedPosition {
  /** Epoch milliseconds; null: never confirmed. */
  readonly confirmedAt: number | null;
  readonly now: number;
  /** The probability that it is stale, whatever its age, 0 … 1. Ignored for a day that was never confirmed: that counts as 1. */
  readonly staleProbability: number;
  /** While the mirror fills, the days that it takes to fetch every day once with this budget; undefined: it is filled. */
  readonly round?: number;
}

/**
 * Plans when a day should be fetched.
 * @param price λ, the shadow price in reads, see `shadow-price.ts`
 */
export function priorityOf(rates: DayRates, day: PlannedPosition, timeline: ActivityTimeline, price: number): Priority {
  const now = timeline.leadAt(day.now);
  const position: DayPosition = {
    confirmed: day.confirmedAt === null ? now : timeline.leadAt(day.confirmedAt),
    now,
    staleProbability: day.confirmedAt === null ? 1 : day.staleProbability,
  };
  if (position.staleProbability > 0) {
    const value =
      day.confirmedAt === null
        ? firstValue(rates, position, price, day.round ?? Infinity)
        : relativeValue(rates, position, price);
    return value > 0 ? { ...NO_PRIORITY, refreshValue: value } : NO_PRIORITY;
  }
  // Computed from the confirmation and not from now: if the instant has passed, the rank follows from how long ago that was.
  const due = dueLead(rates, { ...position, now: position.confirmed }, price);
  if (due === undefined || day.confirmedAt === null) return NO_PRIORITY;
  const dueAt = timeline.instantOf(due);
  return { intervalClass: intervalClassOf(dueAt - day.confirmedAt), refreshAt: new Date(dueAt), refreshValue: null };
}
