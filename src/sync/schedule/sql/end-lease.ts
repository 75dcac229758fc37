import { toDatabaseDate } from '../../../time/index.js';
import type { Sql } from '../../../prisma/index.js';
import type { DayKey } from '../../../inventory/index.js';
import type { Priority } from '../../model/priority.js';
import { priorityColumns } from './priority-columns.js';
import { notifyLease } from './notify-lease.js';

/** The request had no result for the day (refused, or never sent). The day keeps its priority. */
export function releaseDay(sql: Sql, key: DayKey, by: string): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${notifyLease}`;
}

/**
 * The answer was older than the stored document, which stays. The day is scheduled again. So a hint from before the request has had its
 * effect: with it the day would be fetched at once, again and again, until the cache that answers has a newer answer.
 */
export function keepDay(sql: Sql, key: DayKey, by: string, { dueAt, sentAt, priority }: KeptPriority): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET due_at = ${dueAt}, ${priorityColumns(priority)}, requested_at = NULL,
      hinted_at = CASE WHEN hinted_at > ${sentAt} THEN hinted_at END, leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${notifyLease}`;
}

export interface KeptPriority {
  readonly dueAt: Date | null;
  readonly sentAt: Date;
  readonly priority: Priority;
}

export interface Failure {
  /** A `FailureKind` of the supplier. */
  readonly kind: string;
  readonly error: string;
  readonly failedAt: Date;
  /** When to try again. */
  readonly dueAt: Date | null;
}

/**
 * The request failed. The stored document stays, the failure is counted, and the next attempt is scheduled. After earlier failures were
 * forgiven it is the first of a new trouble.
 */
export function postponeDay(sql: Sql, key: DayKey, by: string, failure: Failure): Promise<number> {
  const { kind, error, failedAt, dueAt } = failure;
  return sql.$executeRaw`
    UPDATE day SET attempts = attempts + 1, last_error = ${error}, failed_at = ${failedAt}, due_at = ${dueAt},
      failure_kind = ${kind}, failing_since = CASE WHEN attempts > 0 THEN coalesce(failing_since, ${failedAt}) ELSE ${failedAt}::timestamptz END,
      requested_at = NULL, leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${notifyLease}`;
}

export interface UnconfirmedEmpty {
  readonly seenAt: Date;
  /** When to fetch it again. */
  readonly dueAt: Date | null;
}

/**
 * The answer was empty, and is recorded only after a second one confirms it. The day is fetched again soon. It was still an
 * answer, so earlier failures are cleared.
 */
export function noteUnconfirmedEmpty(
  sql: Sql,
  key: DayKey,
  by: string,
  { seenAt, dueAt }: UnconfirmedEmpty,
): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET empty_seen_at = coalesce(empty_seen_at, ${seenAt}::timestamptz), due_at = ${dueAt}, requested_at = NULL,
      attempts = 0, last_error = NULL, failed_at = NULL, failure_kind = NULL, failing_since = NULL,
      leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${notifyLease}`;
}
