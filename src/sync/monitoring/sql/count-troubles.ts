import { isPaused } from '../../../experience/index.js';
import { fragment, type Sql } from '../../../prisma/index.js';
import { toDatabaseDate, type LocalDate } from '../../../time/index.js';

/** How many products of a supplier have a trouble. */
export interface TroubledProducts {
  readonly supplier: string;
  /** The cause of the failures, or the code of the oddity. */
  readonly code: string;
  readonly products: number;
}

/** By what they fail with. Reads only failing days. Those that are paused are left out: nothing is asked of them that would end it. */
export function countFailingProducts(sql: Sql, now: Date): Promise<TroubledProducts[]> {
  return sql.$queryRaw<TroubledProducts[]>`
    SELECT d.supplier, coalesce(d.failure_kind, 'bad_answer') AS code, count(DISTINCT d.experience_id)::int AS products
    FROM day d JOIN experience e ON e.id = d.experience_id
    WHERE d.attempts > 0 AND NOT ${isPaused(fragment`e`, now)} GROUP BY 1, 2`;
}

/** By what was odd about their answers. @param from the first date */
export function countOddProducts(sql: Sql, from: LocalDate): Promise<TroubledProducts[]> {
  return sql.$queryRaw<TroubledProducts[]>`
    SELECT d.supplier, o.oddity ->> 'code' AS code, count(DISTINCT d.experience_id)::int AS products
    FROM day d CROSS JOIN LATERAL json_array_elements(d.oddities) AS o(oddity)
    WHERE d.oddities IS NOT NULL AND d.date >= ${toDatabaseDate(from)}::date GROUP BY 1, 2`;
}
