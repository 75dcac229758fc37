import { fragment, type Sql } from '../../prisma/index.js';
import { isPaused } from './is-paused.js';

export interface SupplierExperiences {
  readonly supplier: string;
  readonly experiences: number;
}

export function countBySupplier(sql: Sql): Promise<SupplierExperiences[]> {
  return sql.$queryRaw<SupplierExperiences[]>`
    SELECT supplier, sum(experiences)::int AS experiences FROM experience_tally
    GROUP BY supplier HAVING sum(experiences) > 0 ORDER BY supplier`;
}

/** Reads, beside the count, the paused ones. A pause that is over is none. */
export async function countActive(sql: Sql, supplier: string, now: Date): Promise<number> {
  const [row] = await sql.$queryRaw<{ active: number }[]>`
    SELECT ((SELECT coalesce(sum(experiences), 0) FROM experience_tally WHERE supplier = ${supplier}) - (
      SELECT count(*) FROM experience e WHERE supplier = ${supplier} AND ${isPaused(fragment`e`, now)}
    ))::int AS active`;
  return row?.active ?? 0;
}

/** Null stands for the default zone. */
export async function zonesInUse(sql: Sql): Promise<(string | null)[]> {
  const rows = await sql.$queryRaw<{ zone: string | null }[]>`
    SELECT nullif(time_zone, '') AS zone FROM experience_tally
    GROUP BY time_zone HAVING sum(experiences) > 0 ORDER BY time_zone`;
  return rows.map(({ zone }) => zone);
}
