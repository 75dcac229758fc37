import type { Sql } from '../../../prisma/index.js';
import { whetherClaimable } from './whether-claimable.js';

/**
 * Days of the supplier that failed since `failedSince` and wait for their next attempt are due now, because the cause is over. Locks in one
 * order, so that replicas don't deadlock.
 */
export function retryDaysNow(sql: Sql, supplier: string, failedSince: Date, now: Date): Promise<number> {
  return sql.$executeRaw`
    WITH waiting AS (
      SELECT experience_id, date FROM day
      WHERE supplier = ${supplier} AND ${whetherClaimable} AND attempts > 0 AND failed_at >= ${failedSince} AND due_at > ${now}
      ORDER BY experience_id, date FOR UPDATE
    )
    UPDATE day SET due_at = ${now} FROM waiting
    WHERE day.experience_id = waiting.experience_id AND day.date = waiting.date`;
}
