import { toDatabaseDate } from '../../time/index.js';
import type { Sql } from '../../prisma/index.js';
import type { DayKey, DayTurn } from '../day-key.js';
import { tellLease } from './tell-lease.js';

/** The request told nothing about the day (refused, or never sent): it keeps its place in the queue. */
export function releaseDay(sql: Sql, key: DayKey, by: string): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${tellLease}`;
}

/** The answer was older than what we know: that stays, and the day has another turn. */
export function keepDay(sql: Sql, key: DayKey, by: string, { dueAt, place }: KeptTurn): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET due_at = ${dueAt}, tempo = ${place.tempo}, turn = ${place.turn}, wanted_at = NULL,
      leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${tellLease}`;
}

export interface KeptTurn {
  readonly dueAt: Date | null;
  readonly place: DayTurn;
}

export interface Failure {
  /** A `FailureKind` of the supplier. */
  readonly kind: string;
  readonly error: string;
  readonly failedAt: Date;
  /** When to try again. */
  readonly dueAt: Date | null;
}

/** The request failed: what we know of the day stays, the failure is counted, the next try has a time. */
export function postponeDay(sql: Sql, key: DayKey, by: string, failure: Failure): Promise<number> {
  const { kind, error, failedAt, dueAt } = failure;
  return sql.$executeRaw`
    UPDATE day SET attempts = attempts + 1, last_error = ${error}, failed_at = ${failedAt}, due_at = ${dueAt},
      failure_kind = ${kind}, failing_since = coalesce(failing_since, ${failedAt}::timestamptz),
      wanted_at = NULL, leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${tellLease}`;
}

export interface Doubt {
  readonly seenAt: Date;
  /** When to ask again. */
  readonly dueAt: Date | null;
}

/**
 * The answer said that there is nothing, and is not believed before a second one says so too: noted, and asked again soon.
 * It was an answer, so failures before it are over.
 */
export function doubtDay(sql: Sql, key: DayKey, by: string, { seenAt, dueAt }: Doubt): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET empty_seen_at = coalesce(empty_seen_at, ${seenAt}::timestamptz), due_at = ${dueAt}, wanted_at = NULL,
      attempts = 0, last_error = NULL, failed_at = NULL, failure_kind = NULL, failing_since = NULL,
      leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${tellLease}`;
}
