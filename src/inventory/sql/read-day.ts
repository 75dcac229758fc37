import { toDatabaseDate, type LocalDate } from '../../time/index.js';
import type { Sql } from '../../prisma/index.js';

/** A day as it is served. All of the day's fields are null while it was never confirmed. */
export interface StoredDay {
  readonly timeZone: string | null;
  /** JSON text of the slots. */
  readonly slots: string | null;
  readonly fingerprint: string | null;
  readonly confirmedAt: Date | null;
  readonly changedAt: Date | null;
  readonly staleAfter: Date | null;
}

/** One row for a known experience, whether or not the day is known; none for an unknown experience. */
export function readDay(sql: Sql, experienceId: number, date: LocalDate): Promise<StoredDay[]> {
  return sql.$queryRaw<StoredDay[]>`
    SELECT e.time_zone AS "timeZone", d.slots::text AS slots, d.fingerprint, d.confirmed_at AS "confirmedAt",
      d.changed_at AS "changedAt", d.stale_after AS "staleAfter"
    FROM experience e
    LEFT JOIN day d ON d.experience_id = e.id AND d.date = ${toDatabaseDate(date)}::date
    WHERE e.id = ${experienceId}`;
}
