import type { Sql } from '../../../prisma/index.js';
import type { SupplierQuota } from '../../../supplier/index.js';

/** Which rows an answer would change. */
export interface OpenTroubles {
  /** Earlier requests failed or were refused, or their answers were unusable. */
  readonly supplier: boolean;
  /** Earlier requests for the product failed. */
  readonly product: boolean;
}

/** Whether a list of slots changes the rows because earlier requests failed or were refused. Only a read: most answers change nothing. */
export async function openTroublesOf(sql: Sql, supplier: string, experienceId: number): Promise<OpenTroubles> {
  const rows = await sql.$queryRaw<OpenTroubles[]>`
    SELECT failures > 0 OR open_until IS NOT NULL OR unusable > 0 OR refused_since IS NOT NULL AS supplier,
      EXISTS (SELECT FROM product_health WHERE experience_id = ${experienceId}) AS product
    FROM supplier_budget WHERE supplier = ${supplier}`;
  return rows[0] ?? { supplier: false, product: false };
}

/** Stores the quota that an answer reported. */
export async function noteQuota(sql: Sql, supplier: string, quota: SupplierQuota, now: Date): Promise<void> {
  await sql.$executeRaw`
    UPDATE supplier_budget SET quota_remaining = ${quota.remaining}, quota_reset_at = ${quota.resetAt},
      quota_seen_at = ${now}
    WHERE supplier = ${supplier}`;
}
