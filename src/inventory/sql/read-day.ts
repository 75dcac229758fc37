import type { BatchStatement, Placed } from '../../prisma/index.js';
import { epochMs, instantText } from './instants.js';

/** A day as it is served. All but the zone is null while it was never confirmed. Instants in epoch milliseconds. */
export interface StoredDay extends Placed {
  readonly timeZone: string | null;
  /** The answer's JSON text. */
  readonly body: string | null;
  readonly fingerprint: string | null;
  readonly confirmedAt: number | null;
  readonly changedAt: number | null;
  readonly staleAfter: number | null;
}

/**
 * $1 experience, $2 date. One row for a known experience, whether or not the day is known; none for an unknown one. The
 * answer is put together here: what is stored is sent, and nobody parses it on the way.
 */
export const READ_DAY: BatchStatement = {
  name: 'read_day',
  text: `
    SELECT k.place::int AS place, e.time_zone AS "timeZone", d.fingerprint, ${epochMs('d.confirmed_at')} AS "confirmedAt",
      ${epochMs('d.changed_at')} AS "changedAt", ${epochMs('d.stale_after')} AS "staleAfter",
      '{"id":' || e.id || ',"date":"' || to_char(d.date, 'YYYY-MM-DD') || '","asOf":' || ${instantText('d.confirmed_at')}
        || ',"staleAfter":' || ${instantText('d.stale_after')} || ',"slots":' || d.slots::text || '}' AS body
    FROM unnest($1::int[], $2::date[]) WITH ORDINALITY AS k (experience_id, date, place)
      JOIN experience e ON e.id = k.experience_id
      -- The limit keeps it a lookup by the whole key, also while the table is too small for that to seem worth it.
      LEFT JOIN LATERAL (
        SELECT date, slots, fingerprint, confirmed_at, changed_at, stale_after
        FROM day WHERE experience_id = e.id AND date = k.date LIMIT 1
      ) AS d ON true`,
};
