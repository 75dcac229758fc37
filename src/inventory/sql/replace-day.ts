import type { Sql } from '../../prisma/index.js';
import { toDatabaseDate } from '../../time/index.js';
import type { DayDocument } from '../day-document.js';
import type { Confirmation, DayKey } from '../day-key.js';
import { tellDay } from './tell-day.js';

/** What was known until then. */
export interface Replaced {
  /** JSON text of the slots; null: nothing. */
  readonly slotsBefore: string | null;
}

/**
 * The partner said something new: the day's document and its summary change together in one row, unless a later request
 * has confirmed the day since; then there is no row.
 */
export function replaceDay(sql: Sql, key: DayKey, at: Confirmation, answer: DayDocument): Promise<Replaced[]> {
  const { openSlots, remaining, price } = answer.summary;
  return sql.$queryRaw<Replaced[]>`
    WITH before AS MATERIALIZED (
      SELECT slots::text AS slots FROM day
      WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date
    ), replaced AS (
      UPDATE day SET slots = ${answer.json}::json, fingerprint = ${answer.fingerprint},
        confirmed_at = ${at.confirmedAt}, changed_at = ${at.confirmedAt}, version = version + 1,
        stale_after = ${at.staleAfter}, due_at = ${at.dueAt},
        open_slots = ${openSlots}, remaining = ${remaining},
        final_price = ${decimal(price?.finalPrice)}::numeric, original_price = ${decimal(price?.originalPrice)}::numeric,
        discount = ${decimal(price?.discount)}::numeric, currency_code = ${price?.currencyCode ?? null},
        last_start = ${answer.lastStart},
        tempo = ${at.place.tempo}, turn = ${at.place.turn}, wanted_at = NULL,
        attempts = 0, last_error = NULL, failed_at = NULL, empty_seen_at = NULL,
        leased_until = CASE WHEN leased_by = ${at.by} THEN NULL ELSE leased_until END,
        leased_by = CASE WHEN leased_by = ${at.by} THEN NULL ELSE leased_by END
      WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date
        AND (confirmed_at IS NULL OR confirmed_at <= ${at.confirmedAt})
      RETURNING experience_id, date, version, confirmed_at
    )
    SELECT before.slots AS "slotsBefore",
      ${tellDay}
    FROM replaced CROSS JOIN before`;
}

/** Money travels as text: a float parameter would be widened to digits that the partner never wrote. */
function decimal(amount: number | undefined): string | null {
  return amount === undefined ? null : String(amount);
}
