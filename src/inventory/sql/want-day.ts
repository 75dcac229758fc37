import { toDatabaseDate } from '../../time/index.js';
import type { Sql } from '../../prisma/index.js';
import type { DayKey } from '../day-key.js';

export interface WishRow {
  /** Nothing is asked now: the whole sync, or this experience, is paused. */
  readonly paused: boolean;
}

export interface WishTimes {
  readonly now: Date;
  /** Wishes from before are made again. */
  readonly wantedSince: Date;
  /**
   * A day with a term (its turn is an instant, and no worth below zero) is wanted only from the middle of it on: before
   * that it is hardly stale, and the request is worth more elsewhere.
   */
  readonly byValue: boolean;
}

/**
 * A reader wants the day: it moves to the front of the queue, and whoever syncs is woken. Once is enough for all readers
 * on all replicas; a wish that is still young is left as it is.
 */
export function wantDay(sql: Sql, key: DayKey, { now, wantedSince, byValue }: WishTimes): Promise<WishRow[]> {
  return sql.$queryRaw<WishRow[]>`
    WITH state AS (
      SELECT e.paused_at IS NOT NULL AND (e.paused_until IS NULL OR e.paused_until > ${now})
        OR c.paused_at IS NOT NULL AND (c.paused_until IS NULL OR c.paused_until > ${now}) AS paused
      FROM experience e CROSS JOIN sync_control c WHERE e.id = ${key.experienceId}
    ), wanted AS (
      UPDATE day SET wanted_at = ${now}
      WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date
        AND (wanted_at IS NULL OR wanted_at <= ${wantedSince}) AND (due_at IS NOT NULL OR turn IS NOT NULL)
        AND (NOT ${byValue} OR confirmed_at IS NULL OR turn IS NULL OR turn < 0
          OR extract(epoch FROM ${now}::timestamptz - confirmed_at) * 2000 >= turn - extract(epoch FROM confirmed_at) * 1000)
        AND NOT (SELECT paused FROM state)
      RETURNING 1
    )
    SELECT state.paused, (SELECT pg_notify('slotmirror_wanted', '')::text FROM wanted) FROM state`;
}
