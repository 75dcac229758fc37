import type { Sql } from '../../prisma/index.js';
import type { KnownDay } from '../verdict.js';

export interface ClaimOrder {
  readonly now: Date;
  readonly limit: number;
  readonly leasedUntil: Date;
  readonly leasedBy: string;
}

export interface ClaimedRow extends KnownDay {
  readonly experienceId: number;
  readonly date: Date;
  readonly attempts: number;
  readonly timeZone: string | null;
}

/**
 * Leases the next days: those due, most overdue first, and those never asked for, which need not wait for their first
 * deadline. Two index ranges of at most `limit` free rows each, so the cost is that of what is claimed and not of the
 * catalogue; SKIP LOCKED lets replicas claim side by side.
 */
export function claimDays(sql: Sql, { now, limit, leasedUntil, leasedBy }: ClaimOrder): Promise<ClaimedRow[]> {
  return sql.$queryRaw<ClaimedRow[]>`
    WITH candidate AS (
      (SELECT d.experience_id, d.date FROM day d
        WHERE d.due_at <= ${now} AND (d.leased_until IS NULL OR d.leased_until <= ${now})
          AND EXISTS (SELECT FROM experience e WHERE e.id = d.experience_id AND e.paused_at IS NULL)
        ORDER BY d.due_at, d.experience_id LIMIT ${limit})
      UNION
      (SELECT d.experience_id, d.date FROM day d
        WHERE d.confirmed_at IS NULL AND d.attempts = 0 AND d.due_at IS NOT NULL
          AND (d.leased_until IS NULL OR d.leased_until <= ${now})
          AND EXISTS (SELECT FROM experience e WHERE e.id = d.experience_id AND e.paused_at IS NULL)
        ORDER BY d.due_at, d.experience_id LIMIT ${limit})
    ), free AS (
      SELECT d.experience_id, d.date FROM day d JOIN candidate USING (experience_id, date)
      WHERE d.due_at IS NOT NULL AND (d.leased_until IS NULL OR d.leased_until <= ${now})
      ORDER BY d.due_at, d.experience_id LIMIT ${limit}
      FOR UPDATE OF d SKIP LOCKED
    )
    UPDATE day d SET leased_until = ${leasedUntil}, leased_by = ${leasedBy}
    FROM free JOIN experience e ON e.id = free.experience_id
    WHERE d.experience_id = free.experience_id AND d.date = free.date
    RETURNING d.experience_id AS "experienceId", d.date, d.fingerprint, d.open_slots AS "openSlots",
      d.empty_seen_at AS "emptySeenAt", d.attempts, e.time_zone AS "timeZone"`;
}
