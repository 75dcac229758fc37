import type { Sql } from '../../prisma/index.js';
import type { SupplierQuota } from '../../supplier/index.js';

/** Whether the requests before failed, so that an answer changes the row. A read: most answers change nothing. */
export async function isFailing(sql: Sql, supplier: string): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    SELECT supplier FROM supplier_budget
    WHERE supplier = ${supplier} AND (failures > 0 OR open_until IS NOT NULL)`;
  return rows.length > 0;
}

/** Stores the quota that an answer told. @returns likewise whether the requests before failed */
export async function noteQuota(sql: Sql, supplier: string, quota: SupplierQuota, now: Date): Promise<boolean> {
  const rows = await sql.$queryRaw<{ failing: boolean }[]>`
    UPDATE supplier_budget SET quota_remaining = ${quota.remaining}, quota_reset_at = ${quota.resetAt},
      quota_seen_at = ${now}
    WHERE supplier = ${supplier}
    RETURNING failures > 0 OR open_until IS NOT NULL AS failing`;
  return rows[0]?.failing ?? false;
}
