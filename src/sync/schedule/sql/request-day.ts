import { isPaused } from '../../../experience/index.js';
import { toDatabaseDate } from '../../../time/index.js';
import { isScheduled } from './is-scheduled.js';
import { fragment, type Sql } from '../../../prisma/index.js';
import type { DayKey } from '../../../inventory/index.js';

export interface RequestedRow {
  /** The whole sync, the supplier or the experience is paused, or the supplier is not configured any more. */
  readonly paused: boolean;
}

export interface RequestTimes {
  /** The configured suppliers. */
  readonly suppliers: readonly string[];
  readonly now: Date;
  /** A request from before this has lapsed and is made again. */
  readonly requestedSince: Date;
}

/**
 * A reader requests the day. It moves to the front of the queue, and a notification wakes the processes that sync. One request
 * serves all readers on all replicas; it is not renewed before it lapses. A day with a refresh interval is only requested
 * from the middle of that interval on: before, it is hardly stale, and the request is worth more elsewhere.
 */
export function requestDay(
  sql: Sql,
  key: DayKey,
  { suppliers, now, requestedSince }: RequestTimes,
): Promise<RequestedRow[]> {
  return sql.$queryRaw<RequestedRow[]>`
    WITH state AS (
      SELECT ${isPaused(fragment`e`, now)} OR ${isPaused(fragment`c`, now)} OR ${isPaused(fragment`s`, now)}
        OR e.supplier <> ALL(${[...suppliers]}) AS paused
      FROM experience e CROSS JOIN sync_control c LEFT JOIN supplier s ON s.name = e.supplier
      WHERE e.id = ${key.experienceId}
    ), requested AS (
      UPDATE day d SET requested_at = ${now}
      WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date
        AND (requested_at IS NULL OR requested_at <= ${requestedSince}) AND ${isScheduled}
        AND (confirmed_at IS NULL OR refresh_at IS NULL OR (${now}::timestamptz - confirmed_at) * 2 >= refresh_at - confirmed_at)
        AND NOT (SELECT paused FROM state)
      RETURNING 1
    )
    SELECT state.paused, (SELECT pg_notify('slotmirror_demand', '')::text FROM requested) FROM state`;
}
