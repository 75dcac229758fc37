import { CLOSED_FINGERPRINT } from '../../../inventory/index.js';
import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import { isScheduled } from './is-scheduled.js';
import type { Sql } from '../../../prisma/index.js';

/**
 * Products answer again: their failed days are due now, as if they had not failed. The failure kind stays until the next
 * answer, so that readers of stale data get the cause. Locks in one order, so that replicas don't deadlock.
 * @param kinds only failures of these kinds; null: of all
 * @param seen the failure counts as an unconfirmed empty answer
 */
export function forgiveDays(
  sql: Sql,
  experienceIds: readonly number[],
  now: Date,
  { kinds, seen }: { readonly kinds: readonly string[] | null; readonly seen: boolean },
): Promise<number> {
  return sql.$executeRaw`
    WITH failing AS (
      SELECT experience_id, date FROM day
      WHERE experience_id = ANY(${[...experienceIds]}) AND attempts > 0
        AND (${kinds && [...kinds]}::text[] IS NULL OR failure_kind = ANY(${kinds && [...kinds]}::text[]))
      ORDER BY experience_id, date FOR UPDATE
    )
    UPDATE day SET due_at = CASE WHEN due_at IS NULL THEN NULL ELSE ${now}::timestamptz END,
      empty_seen_at = CASE WHEN ${seen} THEN coalesce(empty_seen_at, failed_at) ELSE empty_seen_at END,
      attempts = 0, last_error = NULL, failed_at = NULL
    FROM failing WHERE day.experience_id = failing.experience_id AND day.date = failing.date`;
}

/** The product lists slots of a date that it had said has none. Days that were closed since `since` are due now. */
export function recheckClosed(sql: Sql, experienceId: number, since: Date, now: Date): Promise<number> {
  return sql.$executeRaw`
    WITH closed AS (
      SELECT experience_id, date FROM day
      WHERE experience_id = ${experienceId} AND fingerprint = ${CLOSED_FINGERPRINT} AND changed_at > ${since} AND due_at IS NOT NULL
      ORDER BY date FOR UPDATE
    )
    UPDATE day SET due_at = ${now} FROM closed WHERE day.experience_id = closed.experience_id AND day.date = closed.date`;
}

/**
 * Requests a day with known slots, whose answer shows whether the product still exists. It is the day that was confirmed
 * last. Without such a day nothing happens.
 */
export function requestWitness(sql: Sql, experienceId: number, today: LocalDate, now: Date): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET requested_at = ${now} WHERE (experience_id, date) = (
      SELECT experience_id, date FROM day d
      WHERE experience_id = ${experienceId} AND date >= ${toDatabaseDate(today)}::date AND open_slots > 0 AND empty_seen_at IS NULL
        AND attempts = 0 AND ${isScheduled}
      ORDER BY confirmed_at DESC LIMIT 1)`;
}
