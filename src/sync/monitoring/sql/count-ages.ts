import type { Sql } from '../../../prisma/index.js';

/** How many days of a date fall into one bucket of ages. */
export interface AgesOfDate {
  readonly timeZone: string | null;
  readonly date: Date;
  /** The first bucket has the ages up to the first bound; the last one has those beyond all bounds. */
  readonly bucket: number;
  readonly days: number;
}

/**
 * Counts the known days that are still fetched by zone, date and bucket of ages. Reads the whole table.
 * @param bounds seconds, rising
 */
export function countAges(sql: Sql, bounds: readonly number[], now: Date): Promise<AgesOfDate[]> {
  return sql.$queryRaw<AgesOfDate[]>`
    SELECT e.time_zone AS "timeZone", d.date, count(*)::int AS days,
      width_bucket(extract(epoch FROM ${now}::timestamptz - d.confirmed_at)::float8, ${[...bounds]}::float8[])::int AS bucket
    FROM day d JOIN experience e ON e.id = d.experience_id
    WHERE d.confirmed_at IS NOT NULL AND (d.due_at IS NOT NULL OR d.stale_after > ${now})
    GROUP BY e.time_zone, d.date, bucket`;
}
