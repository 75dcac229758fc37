import { dayName, type DayKey } from '../../inventory/index.js';
import type { Sql } from '../../prisma/index.js';
import { addDays } from '../../time/index.js';
import type { ClaimedDay, DayQueue } from '../schedule/day-queue.js';
import type { Lease } from '../schedule/sql/lease-days.js';
import { planSpans, type ChosenDay, type PlannedSpan } from './span-plan.js';

/** The leased days that one request answers: of one experience, by date, at least one. */
export interface ClaimedSpan {
  readonly days: readonly ClaimedDay[];
  /** The one of them that was drawn at random, to see whether reads see the truth. */
  readonly audited?: DayKey;
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
   * @param leastWorth what the days of a request have to be worth together, in shadow prices
   */
  async lease(sql: Sql, chosen: readonly ChosenDay[], lease: Lease, leastWorth = 0): Promise<readonly ClaimedSpan[]> {
    const planned = await this.plan(sql, chosen, lease, leastWorth);
    const leased = new Map((await this.queue.lease(sql, planned.flat(), lease)).map((day) => [dayName(day), day]));
    return planned
      .map((span) => ({ days: span.flatMap((key) => leased.get(dayName(key)) ?? []) }))
      .filter(({ days }) => days.length > 0);
  }

  private async plan(
    sql: Sql,
    chosen: readonly ChosenDay[],
    { now, longest }: Lease,
    leastWorth: number,
  ): Promise<readonly PlannedSpan[]> {
    if (this.daysPerRequest === 1) return chosen.map((key) => [key]);
    const reach = this.daysPerRequest - 1;
    const ranges = chosen.map(({ experienceId, date }) => ({
      experienceId,
      first: addDays(date, -reach),
      last: addDays(date, reach),
    }));
    const near = await this.queue.neighbours(sql, { ranges, now, longestLease: longest });
    return planSpans(chosen, near, { daysPerRequest: this.daysPerRequest, leastWorth, now });
  }
}
