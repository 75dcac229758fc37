import type { Sql } from '../../../prisma/index.js';
import { epochOf, movesTo, TALLIED, TALLIED_SUMS } from './tally-at.js';

/** Counts of the mirrored days of a date. */
export interface DateCount {
  readonly supplier: string;
  readonly timeZone: string | null;
  readonly date: Date;
  readonly days: number;
  readonly fresh: number;
  readonly neverConfirmed: number;
  readonly due: number;
  readonly leased: number;
  readonly failing: number;
  /** Days that the supplier said may have changed, and that were not requested since. */
  readonly hinted: number;
  /** When the first of all stale days of the supplier exceeded its max age; null: none is stale. */
  readonly staleSince: Date | null;
  /** Of all zones with this date; null: no day is confirmed. */
  readonly oldestConfirmedAt: Date | null;
}

/**
 * The days that are still fetched, and those that are still fresh, by supplier, zone and date. From the tally: the cost depends on
 * the number of dates and on what happened since the tally was last folded, not on what is stored.
 */
export async function countDays(sql: Sql, now: Date): Promise<DateCount[]> {
  const epoch = await epochOf(sql);
  const rows = await countFrom(sql, now, epoch);
  // It was folded in between: what was read does not fit together.
  const isTorn = rows.some((row) => row.epoch.getTime() !== epoch.getTime());
  return isTorn ? countDays(sql, now) : rows;
}

function countFrom(sql: Sql, now: Date, epoch: Date): Promise<(DateCount & { epoch: Date })[]> {
  return sql.$queryRaw<(DateCount & { epoch: Date })[]>`
    WITH ${movesTo(now, epoch)}, sums AS (
      SELECT supplier, time_zone, date, ${TALLIED_SUMS}
      FROM (
        SELECT supplier, time_zone, date, ${TALLIED} FROM day_tally
        UNION ALL SELECT supplier, time_zone, date, ${TALLIED} FROM moves
      ) AS counted GROUP BY supplier, time_zone, date
    ), leased AS (
      SELECT d.supplier, coalesce(e.time_zone, '') AS time_zone, d.date, count(*)::int AS leased,
        (count(*) FILTER (WHERE d.due_at <= ${now} OR d.due_at IS NOT NULL AND d.confirmed_at IS NULL AND d.attempts = 0))::int AS due
      FROM day_lease l JOIN day d ON d.experience_id = l.experience_id AND d.date = l.date JOIN experience e ON e.id = d.experience_id
      WHERE d.leased_until > ${now} AND (d.due_at IS NOT NULL OR d.stale_after > ${now})
      GROUP BY 1, 2, 3
    )
    SELECT s.supplier, nullif(s.time_zone, '') AS "timeZone", s.date, s.scheduled + s.fresh_over AS days,
      s.fresh + s.fresh_over AS fresh, s.never AS "neverConfirmed", s.due + s.unasked - coalesce(l.due, 0) AS due,
      coalesce(l.leased, 0) AS leased, s.failing, s.hinted,
      CASE WHEN first.stale_after <= ${now} THEN first.stale_after END AS "staleSince", oldest.confirmed_at AS "oldestConfirmedAt",
      (SELECT at FROM day_tally_epoch) AS epoch
    FROM sums s LEFT JOIN leased l ON l.supplier = s.supplier AND l.time_zone = s.time_zone AND l.date = s.date
      LEFT JOIN (
        SELECT known.supplier, (SELECT min(stale_after) FROM day WHERE supplier = known.supplier AND due_at IS NOT NULL) AS stale_after
        FROM known
      ) AS first ON first.supplier = s.supplier
      CROSS JOIN LATERAL (
        SELECT min(confirmed_at) AS confirmed_at FROM day WHERE supplier = s.supplier AND date = s.date AND due_at IS NOT NULL
      ) AS oldest
    WHERE s.scheduled + s.fresh_over > 0
    ORDER BY s.date`;
}
