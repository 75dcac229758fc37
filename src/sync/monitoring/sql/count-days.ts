import type { Sql } from '../../../prisma/index.js';

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
  /** When the first of the stale days exceeded its max age; null: none is stale. */
  readonly staleSince: Date | null;
  /** Null: no day is confirmed. */
  readonly oldestConfirmedAt: Date | null;
}

/** Counts the days that are still fetched by supplier, zone and date. Reads the whole table: for the status and not for clients. */
export function countDays(sql: Sql, now: Date): Promise<DateCount[]> {
  return sql.$queryRaw<DateCount[]>`
    SELECT e.supplier, e.time_zone AS "timeZone", d.date, count(*)::int AS days,
      (count(*) FILTER (WHERE d.stale_after > ${now}))::int AS fresh,
      (count(*) FILTER (WHERE d.confirmed_at IS NULL))::int AS "neverConfirmed",
      (count(*) FILTER (WHERE (d.due_at <= ${now} OR d.confirmed_at IS NULL AND d.attempts = 0)
        AND (d.leased_until IS NULL OR d.leased_until <= ${now})))::int AS due,
      (count(*) FILTER (WHERE d.leased_until > ${now}))::int AS leased,
      (count(*) FILTER (WHERE d.attempts > 0))::int AS failing,
      (count(*) FILTER (WHERE d.hinted_at IS NOT NULL))::int AS hinted,
      min(d.stale_after) FILTER (WHERE d.stale_after <= ${now}) AS "staleSince",
      min(d.confirmed_at) AS "oldestConfirmedAt"
    FROM day d JOIN experience e ON e.id = d.experience_id
    WHERE d.due_at IS NOT NULL OR d.stale_after > ${now}
    GROUP BY e.supplier, e.time_zone, d.date
    ORDER BY d.date`;
}
