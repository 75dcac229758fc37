import type { Sql } from '../../../prisma/index.js';

/** The leads of a tier, and how many of them are drawn of each experience. */
export interface DrawnLeads {
  /** The first, and the first beyond. */
  readonly from: number;
  readonly to: number;
  readonly each: number;
}

export interface AgeSample extends DrawnLeads {
  readonly now: Date;
  readonly defaultZone: string;
  /** Whose days are drawn. */
  readonly suppliers: readonly string[];
  /** Of the experiences, how many are drawn: 100 is all of them, less is so many on average. */
  readonly percent: number;
  /** Another one draws others. */
  readonly seed: number;
}

/**
 * Draws experiences at random, and of each so many dates: consecutive ones, from a random one on. Reads the drawn days
 * alone, and of the catalogue no more than it takes to draw. With the same seed it draws the same again, so that they are in
 * the memory of the database; only where an experience was changed may others be drawn. For each tier they are others.
 * @returns the ages of the drawn days that are known, seconds
 */
export async function sampleAges(
  sql: Sql,
  { now, defaultZone, suppliers, percent, seed, from, to, each }: AgeSample,
): Promise<number[]> {
  const rows = await sql.$queryRaw<{ seconds: number }[]>`
    SELECT greatest(0, extract(epoch FROM ${now}::timestamptz - d.confirmed_at))::float8 AS seconds
    FROM (SELECT id, time_zone FROM experience TABLESAMPLE BERNOULLI (${percent}) REPEATABLE (${seed + from})
      WHERE supplier = ANY(${[...suppliers]})) AS e
    -- Random, but the same again: 28 bits of a digest.
    CROSS JOIN LATERAL (
      SELECT ('x' || left(md5(concat_ws(' ', e.id, ${seed}::int)), 7))::bit(28)::int % ${to - from}::int AS start
    ) AS r
    CROSS JOIN LATERAL (
      SELECT (${now} AT TIME ZONE coalesce(e.time_zone, ${defaultZone}))::date + ${from}::int + (r.start + i) % ${to - from}::int AS date
      FROM generate_series(0, ${each}::int - 1) AS i
    ) AS drawn
    -- The limit keeps it a lookup by the whole key: as a join it would be taken for one of most days.
    CROSS JOIN LATERAL (
      SELECT confirmed_at, due_at, stale_after FROM day WHERE experience_id = e.id AND date = drawn.date LIMIT 1
    ) AS d
    WHERE d.confirmed_at IS NOT NULL AND (d.due_at IS NOT NULL OR d.stale_after > ${now})`;
  return rows.map(({ seconds }) => seconds);
}
