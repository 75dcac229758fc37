import { fragment, type Sql } from '../../../prisma/index.js';

/**
 * Whether a day of the supplier could be fetched now whatever its value: it is due, or it was never fetched. Not those of products
 * that fail or are paused, which wait for something else.
 */
export async function hasWaitingDays(sql: Sql, supplier: string, now: Date): Promise<boolean> {
  const free = fragment`d.claimable AND NOT EXISTS (SELECT FROM product_health h WHERE h.experience_id = d.experience_id)
    AND d.attempts = 0 AND d.empty_seen_at IS NULL`;
  const rows = await sql.$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM day d WHERE d.supplier = ${supplier} AND d.due_at <= ${now} AND d.confirmed_at IS NOT NULL AND ${free}
    ) OR EXISTS (
      SELECT FROM day d WHERE d.supplier = ${supplier} AND d.confirmed_at IS NULL AND d.refresh_value IS NOT NULL AND ${free}
    ) AS waits`;
  return rows[0]?.waits ?? false;
}
