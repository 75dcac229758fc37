import type { Sql } from '../../../prisma/index.js';

/** How many of the days of a date are at most so old. */
export interface AgesOfDate {
  readonly timeZone: string | null;
  readonly date: Date;
  /** By bucket: the first is that of ages up to the first bound; the last that of those beyond all bounds. */
  readonly bucket: number;
  readonly days: number;
}

/** The ages of the days that are known and still asked for, by zone, date and bucket. Reads the whole table. @param bounds seconds, rising */
export function countAges(sql: Sql, bounds: readonly number[], now: Date): Promise<AgesOfDate[]> {
  return sql.$queryRaw<AgesOfDate[]>`
    SELECT e.time_zone AS "timeZone", d.date, count(*)::int AS days,
      width_bucket(extract(epoch FROM ${now}::timestamptz - d.confirmed_at)::float8, ${[...bounds]}::float8[])::int AS bucket
    FROM day d JOIN experience e ON e.id = d.experience_id
    WHERE d.confirmed_at IS NOT NULL AND (d.due_at IS NOT NULL OR d.stale_after > ${now})
    GROUP BY e.time_zone, d.date, bucket`;
}
