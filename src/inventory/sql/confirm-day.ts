import type { Sql } from '../../prisma/index.js';
import type { DayDocument } from '../day-document.js';
import type { Confirmation, DayKey } from '../day-key.js';
import { toDatabaseDate } from '../../time/index.js';
import { summaryColumns } from './summary-columns.js';
import { notifyDay } from './notify-day.js';

/**
 * Confirms an unchanged answer in one small statement that does not rewrite the document. It applies only if the document is
 * still the one that was compared and no later request has confirmed the day. The summary is written again, because its
 * rules may be of a newer version than the one that wrote the document.
 */
export async function confirmDay(sql: Sql, key: DayKey, at: Confirmation, answer: DayDocument): Promise<boolean> {
  const notified = await sql.$queryRaw<unknown[]>`
    WITH confirmed AS (
      UPDATE day SET confirmed_at = ${at.confirmedAt}, ${summaryColumns(key, at, answer)}
      WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date
        AND fingerprint = ${answer.fingerprint} AND confirmed_at <= ${at.confirmedAt}
      RETURNING experience_id, date, version, confirmed_at
    )
    SELECT ${notifyDay} FROM confirmed`;
  return notified.length > 0;
}
