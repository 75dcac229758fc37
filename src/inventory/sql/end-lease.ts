import { toDatabaseDate } from '../../time/index.js';
import type { Sql } from '../../prisma/index.js';
import type { DayKey } from '../day-key.js';
import { tellLease } from './tell-lease.js';

/** The request told nothing about the day (refused, or never sent): it keeps its place in the queue. */
export function releaseDay(sql: Sql, key: DayKey, by: string): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${tellLease}`;
}

export interface Failure {
  readonly error: string;
  readonly failedAt: Date;
  /** When to try again. */
  readonly dueAt: Date | null;
}

/** The request failed: what we know of the day stays, the failure is counted, the next try has a time. */
export function postponeDay(sql: Sql, key: DayKey, by: string, { error, failedAt, dueAt }: Failure): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET attempts = attempts + 1, last_error = ${error}, failed_at = ${failedAt}, due_at = ${dueAt},
      wanted_at = NULL, leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${tellLease}`;
}

export interface Doubt {
  readonly seenAt: Date;
  /** When to ask again. */
  readonly dueAt: Date | null;
}

/** The answer was empty though slots were open: noted, not believed, and asked again soon. */
export function doubtDay(sql: Sql, key: DayKey, by: string, { seenAt, dueAt }: Doubt): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET empty_seen_at = ${seenAt}, due_at = ${dueAt}, wanted_at = NULL, leased_until = NULL, leased_by = NULL
    WHERE experience_id = ${key.experienceId} AND date = ${toDatabaseDate(key.date)}::date AND leased_by = ${by}
    RETURNING ${tellLease}`;
}
