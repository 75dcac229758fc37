import type { Sql } from '../../prisma/index.js';
import { notifyDay } from './notify-day.js';

/**
 * Sets confirmations and changes that lie in the future (a clock was ahead, or a backup was restored) to `now`. Reads the
 * whole table.
 */
export async function clampConfirmations(sql: Sql, now: Date, past: Date): Promise<number> {
  const rows = await sql.$queryRaw<unknown[]>`
    WITH clamped AS (
      UPDATE day SET confirmed_at = least(confirmed_at, ${now}), changed_at = least(changed_at, ${now})
      WHERE confirmed_at > ${past} OR changed_at > ${past}
      RETURNING experience_id, date, version, confirmed_at
    )
    SELECT CASE WHEN confirmed_at IS NOT NULL THEN ${notifyDay} END FROM clamped`;
  return rows.length;
}
