import type { Sql } from '../../../prisma/index.js';

/** How fresh the mirror is: counts of scheduled and of fresh days, and the ages of the known days. */
export interface AgesRow {
  readonly days: number;
  readonly fresh: number;
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
}

/** Reads the whole table, so only one replica calls it, once a minute. */
export function measureAges(sql: Sql, now: Date): Promise<AgesRow[]> {
  return sql.$queryRaw<AgesRow[]>`
    SELECT count(*)::int AS days, (count(*) FILTER (WHERE stale_after > ${now}))::int AS fresh,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ${now}::timestamptz - confirmed_at)::float8) AS "p50Seconds",
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM ${now}::timestamptz - confirmed_at)::float8) AS "p95Seconds"
    FROM day WHERE due_at IS NOT NULL OR stale_after > ${now}`;
}
