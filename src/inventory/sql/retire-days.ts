import { toDatabaseDate, type LocalDate } from '../../time/index.js';
import type { Sql } from '../../prisma/index.js';

/** Days of these experiences before `today` are asked for no more, and what failed of them matters no more. Locks in one order, so that replicas don't deadlock. */
export function retireDays(sql: Sql, experienceIds: readonly number[], today: LocalDate): Promise<number> {
  return sql.$executeRaw`
    WITH past AS (
      SELECT experience_id, date FROM day
      WHERE experience_id = ANY(${experienceIds}) AND date < ${toDatabaseDate(today)}::date AND (due_at IS NOT NULL OR turn IS NOT NULL)
      ORDER BY experience_id, date FOR UPDATE
    )
    UPDATE day SET due_at = NULL, turn = NULL, wanted_at = NULL, attempts = 0, last_error = NULL, failed_at = NULL,
      failure_kind = NULL, failing_since = NULL
    FROM past
    WHERE day.experience_id = past.experience_id AND day.date = past.date`;
}

/** Days of these experiences before `first` are forgotten. */
export function dropDays(sql: Sql, experienceIds: readonly number[], first: LocalDate): Promise<number> {
  return sql.$executeRaw`
    DELETE FROM day WHERE experience_id = ANY(${experienceIds}) AND date < ${toDatabaseDate(first)}::date`;
}
