import { dayName, type DayKey } from '../../inventory/index.js';
import type { Sql } from '../../prisma/index.js';
import { addDays } from '../../time/index.js';
import type { ClaimedDay, DayQueue, NeighbourDay } from '../schedule/day-queue.js';
import type { Lease } from '../schedule/sql/lease-days.js';
import { valueRank } from './queue.js';
import { spanAround, spanLength, type DateSpan, type Neighbour } from './span.js';

/** The leased days that one request answers: of one experience, by date, at least one. */
export interface ClaimedSpan {
  readonly days: readonly ClaimedDay[];
}

/** A span of an experience, with its days that are free. */
interface Planned extends DateSpan {
  readonly keys: readonly DayKey[];
}

/** Leases chosen days, each with the days near it that the same request can answer. */
export class SpanLeases {
  constructor(
    private readonly queue: DayQueue,
    private readonly daysPerRequest: number,
  ) {}

  /**
   * @param sql the transaction that also takes the budget: one request for each returned span
   * @param chosen in the order in which they are worth a request
   */
  async lease(sql: Sql, chosen: readonly DayKey[], lease: Lease): Promise<readonly ClaimedSpan[]> {
    const planned = await this.plan(sql, chosen, lease);
    const keys = planned.flatMap((span) => span.keys);
    const leased = new Map((await this.queue.lease(sql, keys, lease)).map((day) => [dayName(day), day]));
    return planned
      .map((span) => ({ days: span.keys.flatMap((key) => leased.get(dayName(key)) ?? []) }))
      .filter(({ days }) => days.length > 0);
  }

  private async plan(sql: Sql, chosen: readonly DayKey[], { now, longest }: Lease): Promise<readonly Planned[]> {
    if (this.daysPerRequest === 1) {
      return chosen.map((key) => ({ first: key.date, last: key.date, keys: [key] }));
    }
    const reach = this.daysPerRequest - 1;
    const ranges = chosen.map(({ experienceId, date }) => ({
      experienceId,
      first: addDays(date, -reach),
      last: addDays(date, reach),
    }));
    const near = await this.queue.neighbours(sql, { ranges, now, longestLease: longest });
    const free = new Map(near.map((day) => [dayName(day), day]));
    const planned: Planned[] = [];
    const taken = new Set<string>();
    for (const key of chosen) {
      if (taken.has(dayName(key))) continue;
      const span = this.spanOf(key, [...free.values()], now);
      planned.push(span);
      for (const each of span.keys) {
        taken.add(dayName(each));
        free.delete(dayName(each));
      }
    }
    return planned;
  }

  private spanOf(key: DayKey, free: readonly NeighbourDay[], now: Date): Planned {
    const { experienceId, date } = key;
    const own = free.filter((day) => day.experienceId === experienceId);
    const failures = own.find((day) => day.date === date)?.attempts ?? 0;
    const neighbours = own.map((day) => neighbourOf(day, now.getTime()));
    const span = spanAround(date, neighbours, spanLength(this.daysPerRequest, failures));
    // A backfill also chooses days that are not scheduled, which are nobody's neighbours.
    const others = own.filter((day) => day.date !== date && day.date >= span.first && day.date <= span.last);
    const keys: DayKey[] = [key, ...others];
    return { ...span, keys: keys.sort((a, b) => (a.date < b.date ? -1 : 1)) };
  }
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
