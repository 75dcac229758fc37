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
 * found by trying all of them). Dates at either end that are worth nothing are left out. A failing date ends the span: it is
 * requested by itself.
 */
export function spanAround(date: LocalDate, neighbours: readonly Neighbour[], length: number): DateSpan {
  const worth = new Map(neighbours.map((each) => [each.date, each]));
  const isBarrier = (each: LocalDate) => each !== date && worth.get(each)?.failing === true;
  const before = reach(date, -1, length, isBarrier);
  const after = reach(date, 1, length, isBarrier);
  const worthOf = (each: LocalDate) => worth.get(each)?.worth ?? 0;
  let best = { first: date, sum: -1 };
  for (let first = addDays(date, -before); first <= date; first = addDays(first, 1)) {
    const last = lastOf(first, length, addDays(date, after));
    const sum = datesOf({ first, last }).reduce((total, each) => total + worthOf(each), 0);
    if (sum > best.sum) best = { first, sum };
  }
  const span = { first: best.first, last: lastOf(best.first, length, addDays(date, after)) };
  const useful = datesOf(span).filter((each) => each === date || worthOf(each) > 0);
  return { first: useful[0] ?? date, last: useful.at(-1) ?? date };
}

/** How many dates beside `date` in one direction could be part of the span. */
function reach(date: LocalDate, step: 1 | -1, length: number, isBarrier: (date: LocalDate) => boolean): number {
  let steps = 0;
  while (steps + 1 < length && !isBarrier(addDays(date, step * (steps + 1)))) steps++;
  return steps;
}

function lastOf(first: LocalDate, length: number, latest: LocalDate): LocalDate {
  const last = addDays(first, length - 1);
  return last < latest ? last : latest;
}

function datesOf({ first, last }: DateSpan): LocalDate[] {
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, i) => addDays(first, i));
}
