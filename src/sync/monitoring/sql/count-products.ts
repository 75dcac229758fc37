import { isPaused } from '../../../experience/index.js';
import { fragment, type Sql } from '../../../prisma/index.js';

/** The experiences of one supplier. */
export interface ProductCount {
  readonly supplier: string;
  readonly mirrored: number;
  /** Those of which a day fails, and that are not paused. */
  readonly failing: number;
  /** The first failure among them; null: none fails. */
  readonly failingSince: Date | null;
}

/** Counts the experiences of each supplier. Of the days it reads only those that fail. */
export function countProducts(sql: Sql, now: Date): Promise<ProductCount[]> {
  return sql.$queryRaw<ProductCount[]>`
    SELECT e.supplier, e.mirrored, coalesce(f.failing, 0) AS failing, f.since AS "failingSince"
    FROM (
      SELECT supplier, sum(experiences)::int AS mirrored FROM experience_tally GROUP BY supplier HAVING sum(experiences) > 0
    ) AS e LEFT JOIN (
      SELECT supplier, count(DISTINCT experience_id)::int AS failing, min(coalesce(failing_since, failed_at)) AS since
      FROM day d WHERE attempts > 0
        AND NOT EXISTS (SELECT FROM experience e WHERE e.id = d.experience_id AND ${isPaused(fragment`e`, now)})
      GROUP BY supplier
    ) AS f USING (supplier)`;
}
