import type { Sql } from '../../prisma/index.js';
import { toDatabaseDate } from '../../time/index.js';
import type { DayDocument } from '../day-document.js';
import type { Confirmation, DayKey } from '../day-key.js';
import { notifyChange } from './notify-change.js';
import { notifyDay } from './notify-day.js';
import { recordedLater } from './recorded-later.js';
import { summaryColumns } from './summary-columns.js';

/** The replaced document. */
export interface Replaced {
  /** JSON text of the slots; null: the day was never confirmed. */
  readonly slotsBefore: string | null;
  /** Nothing was replaced: a later transaction had recorded the day. */
  readonly late: boolean;
}

/**
 * Stores a changed answer: the document and its summary change together in one row, and the change is appended to the feed.
 * Returns no row if a later answer has already confirmed the day.
 *
 * The row is locked first. So the change names the version that it really replaces, and its transaction usually gets its number
 * while no other one can change the day: the order of the numbers is the order of the versions. One that has waited for a third
 * one to commit may have its number already, and be overtaken by a later one: it is `late`, and needs a new number.
 */
export function replaceDay(sql: Sql, key: DayKey, at: Confirmation, answer: DayDocument): Promise<Replaced[]> {
  const listed = answer.json !== '[]' || answer.dropped > 0;
  return sql.$queryRaw<Replaced[]>`
    WITH before AS MATERIALIZED (
      SELECT slots::text AS slots_before, slots::text <> '[]' OR dropped_slots > 0 AS listed_before,
        open_slots AS open_slots_before, remaining AS remaining_before, final_price AS final_price_before,
        original_price AS original_price_before, discount AS discount_before, currency_code AS currency_code_before,
        ${recordedLater} AS late
      FROM day WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date
      FOR NO KEY UPDATE
    ), replaced AS (
      UPDATE day SET slots = ${answer.json}::json, fingerprint = ${answer.fingerprint},
        confirmed_at = ${at.confirmedAt}, changed_at = ${at.confirmedAt}, version = version + 1,
        ${summaryColumns(key, at, answer)}
      FROM before
      WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date
        AND NOT late AND (confirmed_at IS NULL OR confirmed_at <= ${at.confirmedAt})
      RETURNING experience_id, date, version, confirmed_at, open_slots, remaining, final_price, original_price, discount,
        currency_code, before.*
    ), appended AS (
      INSERT INTO day_change (xid, experience_id, date, version, at,
        listed_before, open_slots_before, remaining_before, final_price_before, original_price_before, discount_before,
        currency_code_before, listed_after, open_slots_after, remaining_after, final_price_after, original_price_after,
        discount_after, currency_code_after)
      SELECT pg_current_xact_id(), experience_id, date, version, confirmed_at,
        listed_before, open_slots_before, remaining_before, final_price_before, original_price_before, discount_before,
        currency_code_before, ${listed}, open_slots, remaining, final_price, original_price,
        discount, currency_code
      FROM replaced
    )
    SELECT late, slots_before AS "slotsBefore", ${notifyDay}, ${notifyChange} FROM replaced
    UNION ALL SELECT late, NULL, NULL, NULL FROM before WHERE late`;
}
