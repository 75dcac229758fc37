import type { BatchStatement, Placed } from '../../prisma/index.js';
import type { FailureKind } from '../failure-kind.shape.js';
import { epochMs } from './expressions.js';

/** A day as it is served. Until it is confirmed, all but the zone and the failure is null. Instants in epoch milliseconds. */
export interface StoredDay extends Placed {
  readonly supplier: string;
  readonly timeZone: string | null;
  /** JSON text. */
  readonly slots: string | null;
  readonly fingerprint: string | null;
  readonly confirmedAt: number | null;
  readonly changedAt: number | null;
  readonly staleAfter: number | null;
  /** Slots of the last answer that could not be read. */
  readonly dropped: number | null;
  /** The number of slots that can be booked. */
  readonly openSlots: number | null;
  /** The failure of the last request for it or for its product; null: no failure. */
  readonly failure: FailureKind | null;
  readonly failingSince: number | null;
}

/**
 * $1 experience, $2 date. One row for a known experience, whether or not the day is known; none for an unknown one. The slots
 * are returned as stored, without parsing.
 */
export const READ_DAY: BatchStatement = {
  name: 'read_day',
  text: `
    SELECT k.place::int AS place, e.supplier, e.time_zone AS "timeZone", d.fingerprint, ${epochMs('d.confirmed_at')} AS "confirmedAt",
      ${epochMs('d.changed_at')} AS "changedAt", ${epochMs('d.stale_after')} AS "staleAfter",
      d.slots::text AS slots,
      d.dropped_slots AS dropped, d.open_slots AS "openSlots",
      coalesce(d.failure_kind, h.kind) AS failure,
      ${epochMs('coalesce(d.failing_since, h.failing_since)')} AS "failingSince"
    FROM unnest($1::int[], $2::date[]) WITH ORDINALITY AS k (experience_id, date, place)
      JOIN experience e ON e.id = k.experience_id
      -- The limit keeps it a lookup by the whole key, also while the table is too small for that to seem worth it.
      LEFT JOIN LATERAL (
        SELECT date, slots, fingerprint, confirmed_at, changed_at, stale_after, dropped_slots, open_slots,
          failure_kind, failing_since
        FROM day WHERE experience_id = e.id AND date = k.date LIMIT 1
      ) AS d ON true
      LEFT JOIN product_health h ON h.experience_id = k.experience_id
        AND (h.held OR h.failures > 0 AND d.confirmed_at IS NOT NULL)`,
};
