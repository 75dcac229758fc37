import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import { isScheduled } from './is-scheduled.js';
import type { Sql } from '../../../prisma/index.js';

/**
 * Days of these experiences before `today` are not fetched any more, and their failures are cleared. Locks in one order, so
 * that replicas don't deadlock.
 */
export function expireDays(sql: Sql, experienceIds: readonly number[], today: LocalDate): Promise<number> {
  return sql.$executeRaw`
    WITH past AS (
      SELECT experience_id, date FROM day d
      WHERE experience_id = ANY(${experienceIds}) AND date < ${toDatabaseDate(today)}::date AND (${isScheduled} OR d.attempts > 0)
      ORDER BY experience_id, date FOR UPDATE
    )
    UPDATE day SET due_at = NULL, interval_class = NULL, refresh_at = NULL, refresh_value = NULL,
      requested_at = NULL, hinted_at = NULL, attempts = 0, last_error = NULL, failed_at = NULL,
      failure_kind = NULL, failing_since = NULL
    FROM past
    WHERE day.experience_id = past.experience_id AND day.date = past.date`;
}
