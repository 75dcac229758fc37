import { isPaused } from '../../../experience/index.js';
import { toDatabaseDate } from '../../../time/index.js';
import { fragment, type Sql } from '../../../prisma/index.js';
import type { DayKey, KnownDay } from '../../../inventory/index.js';
import { notifyLease } from './notify-lease.js';
import { dateReadsColumns, ratesColumns, type DateReadsRow, type RatesRow } from '../../rates/sql/rates-row.js';
import { unjudgedColumns, type UnjudgedRow } from '../../rates/sql/unjudged-row.js';

export interface Lease {
  readonly now: Date;
  readonly until: Date;
  readonly by: string;
  /** The latest possible end of a lease. A later one was written by a clock that ran ahead, and does not count. */
  readonly longest: Date;
  /** Days confirmed since then are not leased; null: no such limit. */
  readonly unlessSince?: Date | null;
}

export interface LeasedRow extends KnownDay, RatesRow, DateReadsRow, UnjudgedRow {
  readonly supplier: string;
  readonly product: string;
  readonly option: string | null;
  readonly experienceId: number;
  readonly date: Date;
  readonly confirmedAt: Date | null;
  readonly attempts: number;
  readonly emptySeenAt: Date | null;
  readonly droppedSlots: number;
  /** Of the last answer. */
  readonly lastStart: string | null;
  readonly timeZone: string | null;
}

/** Leases the days that are still free, of experiences that are not paused. SKIP LOCKED lets replicas record and claim at the same time. */
export function leaseDays(
  sql: Sql,
  keys: readonly DayKey[],
  { now, until, by, longest, unlessSince = null }: Lease,
): Promise<LeasedRow[]> {
  return sql.$queryRaw<LeasedRow[]>`
    WITH free AS (
      SELECT d.experience_id, d.date
      FROM unnest(${keys.map((key) => key.experienceId)}::int[], ${keys.map((key) => toDatabaseDate(key.date))}::date[])
        AS k(experience_id, date)
      JOIN day d ON d.experience_id = k.experience_id AND d.date = k.date
      JOIN experience e ON e.id = d.experience_id AND NOT ${isPaused(fragment`e`, now)}
      WHERE (d.leased_until IS NULL OR d.leased_until <= ${now} OR d.leased_until > ${longest})
        AND (${unlessSince}::timestamptz IS NULL OR d.confirmed_at IS NULL OR d.confirmed_at < ${unlessSince})
      FOR UPDATE OF d SKIP LOCKED
    )
    UPDATE day SET leased_until = ${until}, leased_by = ${by}
    FROM free JOIN experience e ON e.id = free.experience_id LEFT JOIN experience_rates r ON r.experience_id = free.experience_id
      LEFT JOIN day_reads n ON n.experience_id = free.experience_id AND n.date = free.date
    WHERE day.experience_id = free.experience_id AND day.date = free.date
    RETURNING e.supplier, e.product, e.option, day.experience_id AS "experienceId", day.date, day.fingerprint, day.open_slots AS "openSlots",
      day.empty_seen_at AS "emptySeenAt", day.confirmed_at AS "confirmedAt", day.attempts,
      day.dropped_slots AS "droppedSlots", day.last_start AS "lastStart", e.time_zone AS "timeZone",
      ${ratesColumns}, ${dateReadsColumns}, ${unjudgedColumns}, ${notifyLease} AS told`;
}
