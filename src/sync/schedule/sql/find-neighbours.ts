import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import type { Sql } from '../../../prisma/index.js';
import type { Priority } from '../../model/priority.js';
import { isScheduled } from './is-scheduled.js';

export interface NeighbourRow extends Priority {
  readonly experienceId: number;
  readonly date: Date;
  readonly confirmedAt: Date | null;
  readonly attempts: number;
  readonly hinted: boolean;
}

/** The dates around a chosen day. */
export interface NeighbourRange {
  readonly experienceId: number;
  readonly first: LocalDate;
  readonly last: LocalDate;
}

export interface NeighbourSearch {
  readonly ranges: readonly NeighbourRange[];
  readonly now: Date;
  /** The latest possible end of a lease. A later one was written by a clock that ran ahead, and does not count. */
  readonly longestLease: Date;
}

/** The days of these ranges that are scheduled and free. Reads one range of the primary key for each. */
export function findNeighbours(sql: Sql, { ranges, now, longestLease }: NeighbourSearch): Promise<NeighbourRow[]> {
  return sql.$queryRaw<NeighbourRow[]>`
    SELECT d.experience_id AS "experienceId", d.date, d.confirmed_at AS "confirmedAt", d.attempts, d.hinted_at IS NOT NULL AS hinted,
      d.interval_class AS "intervalClass", d.refresh_at AS "refreshAt", d.refresh_value AS "refreshValue"
    FROM unnest(${ranges.map((r) => r.experienceId)}::int[], ${ranges.map((r) => toDatabaseDate(r.first))}::date[],
      ${ranges.map((r) => toDatabaseDate(r.last))}::date[]) AS r(id, first, last)
    JOIN day d ON d.experience_id = r.id AND d.date BETWEEN r.first AND r.last
    WHERE ${isScheduled} AND (d.leased_until IS NULL OR d.leased_until <= ${now} OR d.leased_until > ${longestLease})`;
}
