import type { Sql } from '../../../prisma/index.js';

/** A known day, of those drawn. */
export interface SampledAge {
  /** Its place in the list of tiers. */
  readonly tier: number;
  readonly ageSeconds: number;
}

/** The leads of a tier, and how many of them are drawn of each experience. */
export interface DrawnLeads {
  /** The first, and the first beyond. */
  readonly from: number;
  readonly to: number;
  readonly each: number;
}

export interface AgeSample {
  readonly now: Date;
  readonly defaultZone: string;
  /** Whose days are drawn. */
  readonly suppliers: readonly string[];
  /** Of the experiences, how many are drawn: 100 is all of them, less is so many on average. */
  readonly percent: number;
  readonly tiers: readonly DrawnLeads[];
}

/**
 * Draws experiences at random, and of each so many dates per tier: consecutive ones, from a random one on. Reads the drawn days
 * alone, and of the catalogue no more than it takes to draw.
 */
export function sampleAges(
  sql: Sql,
  { now, defaultZone, suppliers, percent, tiers }: AgeSample,
): Promise<SampledAge[]> {
  return sql.$queryRaw<SampledAge[]>`
    SELECT t.tier::int - 1 AS tier, greatest(0, extract(epoch FROM ${now}::timestamptz - d.confirmed_at))::float8 AS "ageSeconds"
    FROM (SELECT id, time_zone FROM experience TABLESAMPLE BERNOULLI (${percent}) WHERE supplier = ANY(${[...suppliers]})) AS e
    CROSS JOIN unnest(${tiers.map(({ from }) => from)}::int[], ${tiers.map(({ to }) => to)}::int[], ${tiers.map(({ each }) => each)}::int[])
      WITH ORDINALITY AS t(low, beyond, each, tier)
    -- The reference to the experience has it drawn anew for each.
    CROSS JOIN LATERAL (SELECT floor(random() * (t.beyond - t.low) + 0 * e.id)::int AS start) AS r
    CROSS JOIN LATERAL (
      SELECT (${now} AT TIME ZONE coalesce(e.time_zone, ${defaultZone}))::date + t.low + (r.start + i) % (t.beyond - t.low) AS date
      FROM generate_series(0, t.each - 1) AS i
    ) AS drawn
    -- The limit keeps it a lookup by the whole key: as a join it would be taken for one of most days.
    CROSS JOIN LATERAL (
      SELECT confirmed_at, due_at, stale_after FROM day WHERE experience_id = e.id AND date = drawn.date LIMIT 1
    ) AS d
    WHERE d.confirmed_at IS NOT NULL AND (d.due_at IS NOT NULL OR d.stale_after > ${now})`;
}
