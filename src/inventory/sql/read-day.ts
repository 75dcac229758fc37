import type { PreparedStatement } from '../../prisma/index.js';
import { epochMs, instantText } from './instants.js';

/** A day as it is served. All but the zone is null while it was never confirmed. Instants in epoch milliseconds. */
export interface StoredDay {
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
export const READ_DAY: PreparedStatement = {
  name: 'read_day',
  text: `
    SELECT e.time_zone AS "timeZone", d.fingerprint, ${epochMs('d.confirmed_at')} AS "confirmedAt",
      ${epochMs('d.changed_at')} AS "changedAt", ${epochMs('d.stale_after')} AS "staleAfter",
      '{"id":' || d.experience_id || ',"date":"' || to_char(d.date, 'YYYY-MM-DD') || '","asOf":' || ${instantText('d.confirmed_at')}
        || ',"staleAfter":' || ${instantText('d.stale_after')} || ',"slots":' || d.slots::text || '}' AS body
    FROM experience e LEFT JOIN day d ON d.experience_id = e.id AND d.date = $2::date
    WHERE e.id = $1::int`,
};
