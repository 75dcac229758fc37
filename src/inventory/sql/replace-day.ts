import type { Sql } from '../../prisma/index.js';
import { toDatabaseDate } from '../../time/index.js';
import type { DayDocument } from '../day-document.js';
import type { Confirmation, DayKey } from '../day-key.js';
import { summaryColumns } from './summary-columns.js';
import { notifyDay } from './notify-day.js';

/** The replaced document. */
export interface Replaced {
  /** JSON text of the slots; null: the day was never confirmed. */
  readonly slotsBefore: string | null;
}

/**
 * Stores a changed answer: the document and its summary change together in one row. Returns no row if a later answer has
 * already confirmed the day.
 */
export function replaceDay(sql: Sql, key: DayKey, at: Confirmation, answer: DayDocument): Promise<Replaced[]> {
  return sql.$queryRaw<Replaced[]>`
    WITH before AS MATERIALIZED (
      SELECT slots::text AS slots FROM day
      WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date
    ), replaced AS (
      UPDATE day SET slots = ${answer.json}::json, fingerprint = ${answer.fingerprint},
        confirmed_at = ${at.confirmedAt}, changed_at = ${at.confirmedAt}, version = version + 1,
        ${summaryColumns(key, at, answer)}
      WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date
        AND (confirmed_at IS NULL OR confirmed_at <= ${at.confirmedAt})
      RETURNING experience_id, date, version, confirmed_at
    )
    SELECT before.slots AS "slotsBefore",
      ${notifyDay}
    FROM replaced CROSS JOIN before`;
}
