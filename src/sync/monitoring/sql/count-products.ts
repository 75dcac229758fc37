import type { Sql } from '../../../prisma/index.js';

/** The experiences of one supplier. */
export interface ProductCount {
  readonly supplier: string;
  readonly mirrored: number;
  /** Those of which a day fails. */
  readonly failing: number;
  /** The first failure among them; null: none fails. */
  readonly failingSince: Date | null;
}

/** Counts the experiences of each supplier. Of the days it reads only those that fail. */
export function countProducts(sql: Sql): Promise<ProductCount[]> {
  return sql.$queryRaw<ProductCount[]>`
    SELECT e.supplier, count(*)::int AS mirrored, count(f.id)::int AS failing, min(f.since) AS "failingSince"
    FROM experience e LEFT JOIN (
      SELECT experience_id AS id, min(coalesce(failing_since, failed_at)) AS since FROM day WHERE attempts > 0 GROUP BY 1
    ) AS f ON f.id = e.id
    GROUP BY e.supplier`;
}
