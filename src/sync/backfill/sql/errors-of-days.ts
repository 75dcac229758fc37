import type { DayKey } from '../../../inventory/index.js';
import type { Sql } from '../../../prisma/index.js';
import { fromDatabaseDate, toDatabaseDate, type LocalDate } from '../../../time/index.js';

/** What is told of an empty answer that a second request has yet to confirm. It is no error of the day. */
const UNCONFIRMED =
  'the supplier listed no slots for a day that had some; another request will show whether that is so';

/** Why each of these days is not confirmed; null: it does not fail. */
export async function errorsOfDays(
  sql: Sql,
  days: readonly DayKey[],
): Promise<{ experienceId: number; date: LocalDate; error: string | null }[]> {
  if (days.length === 0) return [];
  const rows = await sql.$queryRaw<{ experienceId: number; date: Date; error: string | null }[]>`
    SELECT d.experience_id AS "experienceId", d.date,
      coalesce(d.last_error, CASE WHEN d.empty_seen_at IS NOT NULL THEN ${UNCONFIRMED} END) AS error
    FROM unnest(${days.map(({ experienceId }) => experienceId)}::int[], ${days.map(({ date }) => toDatabaseDate(date))}::date[])
      AS failed(experience_id, date)
    JOIN day d USING (experience_id, date)
    ORDER BY d.date, d.experience_id`;
  return rows.map(({ date, ...row }) => ({ ...row, date: fromDatabaseDate(date) }));
}
