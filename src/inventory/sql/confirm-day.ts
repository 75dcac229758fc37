import type { Sql } from '../../prisma/index.js';
import type { DayDocument } from '../day-document.js';
import type { Confirmation, DayKey } from '../day-key.js';
import { toDatabaseDate } from '../../time/index.js';
import { tellDay } from './tell-day.js';

/**
 * The partner said what we know: one small statement that leaves the document alone, and only where the document is
 * still the one that was compared and no later request has confirmed the day since.
 */
export async function confirmDay(sql: Sql, key: DayKey, at: Confirmation, answer: DayDocument): Promise<boolean> {
  const told = await sql.$queryRaw<unknown[]>`
    WITH confirmed AS (
      UPDATE day SET confirmed_at = ${at.confirmedAt}, stale_after = ${at.staleAfter}, due_at = ${at.dueAt},
        tempo = ${at.place.tempo}, turn = ${at.place.turn}, wanted_at = NULL,
        last_start = ${answer.lastStart},
        attempts = 0, last_error = NULL, failed_at = NULL, empty_seen_at = NULL,
        leased_until = CASE WHEN leased_by = ${at.by} THEN NULL ELSE leased_until END,
        leased_by = CASE WHEN leased_by = ${at.by} THEN NULL ELSE leased_by END
      WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date
        AND fingerprint = ${answer.fingerprint} AND confirmed_at <= ${at.confirmedAt}
      RETURNING experience_id, date, version, confirmed_at
    )
    SELECT ${tellDay} FROM confirmed`;
  return told.length > 0;
}
