import { fragment, type Fragment, type Sql } from '../../prisma/index.js';
import { toDatabaseDate, type LocalDate } from '../../time/index.js';
import { notifyChange } from './notify-change.js';
import { recordedLater } from './recorded-later.js';

export interface DeletedDays {
  readonly days: number;
  /** Of these, the days that a later transaction recorded before they were deleted. */
  readonly late: number;
}

/** Deletes days of these experiences before `first`, and appends their removal to the change feed. */
export function deleteDays(sql: Sql, ids: readonly number[], first: LocalDate, at: Date): Promise<DeletedDays> {
  return deleteWhere(sql, fragment`experience_id = ANY(${ids}) AND date < ${toDatabaseDate(first)}::date`, at);
}

/** Deletes all days of an experience, and appends their removal to the change feed. */
export function deleteDaysOf(sql: Sql, experienceId: number, at: Date): Promise<DeletedDays> {
  return deleteWhere(sql, fragment`experience_id = ${experienceId}`, at);
}

/** In one order, so that replicas do not deadlock. Nothing was known of a day that was never confirmed, so nothing is appended. */
async function deleteWhere(sql: Sql, condition: Fragment, at: Date): Promise<DeletedDays> {
  const rows = await sql.$queryRaw<DeletedDays[]>`
    WITH doomed AS MATERIALIZED (
      SELECT experience_id, date, ${recordedLater} AS late FROM day WHERE ${condition} ORDER BY experience_id, date FOR UPDATE
    ), gone AS (
      DELETE FROM day USING doomed WHERE day.experience_id = doomed.experience_id AND day.date = doomed.date
      RETURNING day.experience_id, day.date, version, confirmed_at, slots::text <> '[]' OR dropped_slots > 0 AS listed,
        open_slots, remaining, final_price, original_price, discount, currency_code, doomed.late
    ), appended AS (
      INSERT INTO day_change (xid, experience_id, date, version, at, listed_before, open_slots_before, remaining_before,
        final_price_before, original_price_before, discount_before, currency_code_before)
      SELECT pg_current_xact_id(), experience_id, date, version + 1, ${at}, listed, open_slots, remaining,
        final_price, original_price, discount, currency_code
      FROM gone WHERE confirmed_at IS NOT NULL ORDER BY experience_id, date
      RETURNING id
    )
    SELECT (SELECT count(*) FROM gone)::int AS days, (SELECT count(*) FROM gone WHERE late)::int AS late,
      (SELECT ${notifyChange} FROM appended LIMIT 1)`;
  return rows[0] ?? { days: 0, late: 0 };
}
