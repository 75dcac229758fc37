import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import type { Sql } from '../../../prisma/index.js';
import type { Priority } from '../../model/priority.js';

/** A date to mirror, and when it is first due. */
export interface DayOpening {
  readonly date: LocalDate;
  readonly dueAt: Date;
  readonly priority: Priority;
}

/**
 * Adds the missing days of these experiences. Existing days do not change, except those that were never fetched and had left
 * the window because it was shortened: they are due again. One statement, however many days. Their experiences are locked:
 * they move to no other zone meanwhile, or the days would be counted in one zone and taken from the other (`day_tally`), and are
 * neither paused nor resumed. So are their products, which are neither held nor released.
 */
export function openDays(sql: Sql, experienceIds: readonly number[], openings: readonly DayOpening[]): Promise<number> {
  return sql.$executeRaw`
    WITH opened AS (
      SELECT id, supplier, paused_at FROM experience WHERE id = ANY(${experienceIds}) ORDER BY id FOR SHARE
    ), health AS (
      SELECT experience_id, held FROM product_health WHERE experience_id = ANY(${experienceIds}) ORDER BY experience_id FOR SHARE
    )
    INSERT INTO day (experience_id, supplier, date, claimable, due_at, interval_class, refresh_at, refresh_value)
    SELECT e.id, e.supplier, o.date, e.paused_at IS NULL AND e.id NOT IN (SELECT experience_id FROM health WHERE held), o.due_at, o.interval_class,
      o.refresh_at, o.refresh_value
    FROM opened e
    CROSS JOIN unnest(${openings.map((o) => toDatabaseDate(o.date))}::date[], ${openings.map((o) => o.dueAt)}::timestamptz[],
      ${openings.map((o) => o.priority.intervalClass)}::smallint[], ${openings.map((o) => o.priority.refreshAt)}::timestamptz[],
      ${openings.map((o) => o.priority.refreshValue)}::float8[]) AS o(date, due_at, interval_class, refresh_at, refresh_value)
    ORDER BY e.id, o.date
    ON CONFLICT (experience_id, date) DO UPDATE SET due_at = excluded.due_at, interval_class = excluded.interval_class,
      refresh_at = excluded.refresh_at, refresh_value = excluded.refresh_value
      WHERE day.due_at IS NULL AND day.confirmed_at IS NULL`;
}
