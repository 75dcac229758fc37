import { addDays, daysBetween, type LocalDate } from '../../time/index.js';

/** A date near a chosen day, which the same request could answer. */
export interface Neighbour {
  readonly date: LocalDate;
  /** What fetching it is worth, in shadow prices; 0: nothing. */
  readonly worth: number;
  /** Its last request failed, so it could make the request for the others fail. */
  readonly failing: boolean;
}

export interface DateSpan {
  readonly first: LocalDate;
  /** Inclusive. */
  readonly last: LocalDate;
}

/**
 * The most dates that a request for a day may ask for after so many failures in a row. A supplier may refuse a long span, or
 * fail at one date of it, so each failure halves the span, down to the day itself.
 */
export function spanLength(daysPerRequest: number, failures: number): number {
  return Math.max(1, Math.floor(daysPerRequest / 2 ** Math.min(failures, 30)));
}

/**
 * The dates that one request should ask for: at most `length` consecutive ones that contain `date` and are worth most together.
 * A request costs the same however many dates it answers, so the sum of what they are worth counts (a window of greatest sum,
 * found by moving it once over the dates). Dates at either end that are worth nothing are left out. A failing date ends the
 * span: it is requested by itself.
 */
export function spanAround(date: LocalDate, neighbours: readonly Neighbour[], length: number): DateSpan {
  // By the days from the first date that could be part of the span; `own` is the chosen one.
  const own = length - 1;
  const worths = new Float64Array(2 * length - 1);
  let from = 0;
  let until = worths.length;
  for (const { date: near, worth, failing } of neighbours) {
    const at = own + daysBetween(date, near);
    if (at < 0 || at >= worths.length) continue;
    worths[at] = worth;
    if (failing && at < own) from = Math.max(from, at + 1);
    if (failing && at > own) until = Math.min(until, at);
  }
  let first = from;
  let last = Math.min(until, from + length) - 1;
  let sum = worths.subarray(first, last + 1).reduce((total, worth) => total + worth, 0);
  let best = { first, last, sum };
  while (first < own) {
    sum -= worths[first++] ?? 0;
    if (last + 1 < Math.min(until, first + length)) sum += worths[++last] ?? 0;
    if (sum > best.sum) best = { first, last, sum };
  }
  ({ first, last } = best);
  while (first < own && worths[first] === 0) first++;
  while (last > own && worths[last] === 0) last--;
  return { first: addDays(date, first - own), last: addDays(date, last - own) };
}
