import { dayName, type DayKey } from '../../inventory/index.js';
import type { NeighbourDay } from '../schedule/day-queue.js';
import { valueRank } from './queue.js';
import { spanAround, spanLength, type Neighbour } from './span.js';

/** The days that one request asks for: of one experience, by date. Dates in between that are not fetched are none of them. */
export type PlannedSpan = readonly DayKey[];

/** A day for which a request is to be sent. */
export interface ChosenDay extends DayKey {
  /** It is fetched for its value alone, so only if the request is worth sending. */
  readonly byValue?: boolean;
}

export interface SpanRules {
  readonly daysPerRequest: number;
  /** What the days of a request have to be worth together, in shadow prices, see `model/min-value.ts`. */
  readonly leastWorth: number;
  readonly now: Date;
}

/**
 * The requests for chosen days.
 * @param chosen in the order in which they are worth a request
 * @param near the free days near them
 * @returns at most one request for each: a day that an earlier one takes along needs none
 */
export function planSpans(
  chosen: readonly ChosenDay[],
  near: readonly NeighbourDay[],
  { daysPerRequest, leastWorth, now }: SpanRules,
): readonly PlannedSpan[] {
  const free = new Map(near.map((day) => [dayName(day), day]));
  const taken = new Set<string>();
  const planned: PlannedSpan[] = [];
  for (const key of chosen) {
    if (taken.has(dayName(key))) continue;
    const own = [...free.values()].filter((day) => day.experienceId === key.experienceId);
    const { span, worth } = spanOf(key, own, daysPerRequest, now.getTime());
    if (key.byValue && worth < leastWorth) continue;
    planned.push(span);
    for (const each of span) {
      taken.add(dayName(each));
      free.delete(dayName(each));
    }
  }
  return planned;
}

function spanOf({ experienceId, date }: DayKey, own: readonly NeighbourDay[], daysPerRequest: number, now: number) {
  const failures = own.find((day) => day.date === date)?.attempts ?? 0;
  const neighbours = own.map((day) => neighbourOf(day, now));
  const { first, last } = spanAround(date, neighbours, spanLength(daysPerRequest, failures));
  const within = neighbours.filter((day) => day.date >= first && day.date <= last);
  // A backfill also chooses days that are not scheduled, which are nobody's neighbours.
  const dates = [date, ...within.map((day) => day.date).filter((other) => other !== date)].sort();
  return {
    span: dates.map((each) => ({ experienceId, date: each })),
    worth: within.reduce((sum, day) => sum + day.worth, 0),
  };
}

/** The value of a request grows with the square of the rank, see `valueRank`. */
function neighbourOf(day: NeighbourDay, now: number): Neighbour {
  const confirmedAt = day.confirmedAt?.getTime() ?? null;
  const rank =
    day.refreshAt === null && day.refreshValue === null
      ? 0
      : valueRank({ confirmedAt, dueAt: day.refreshAt?.getTime() ?? 0, relativeValue: day.refreshValue }, now);
  return {
    date: day.date,
    worth: day.hinted ? MOST_WORTH : Math.min(rank ** 2, MOST_WORTH),
    failing: day.attempts > 0,
  };
}

/** Beyond this, days are as good as each other: sums of infinite worths could not be compared. */
const MOST_WORTH = 1e6;
