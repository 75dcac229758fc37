import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import type { Sql } from '../../../prisma/index.js';
import { ratesColumns, type RatesRow } from './rates-row.js';

/** A random day, for estimates of the whole catalogue. */
export interface SampledRow extends RatesRow {
  readonly date: Date;
  readonly fingerprint: string | null;
  readonly timeZone: string | null;
}

export interface SampleOrder {
  readonly supplier: string;
  /** The first date, and the number of dates, to sample from. */
  readonly first: LocalDate;
  readonly dates: number;
  /** The most experiences, and the dates of each. */
  readonly experiences: number;
  readonly each: number;
  readonly now: Date;
}

/** Samples days of the supplier's experiences that are not paused. Reads the catalogue once, and only the sampled days. */
export function sampleDays(
  sql: Sql,
  { supplier, first, dates, experiences, each, now }: SampleOrder,
): Promise<SampledRow[]> {
  return sql.$queryRaw<SampledRow[]>`
    SELECT d.date, d.fingerprint, e.time_zone AS "timeZone",
      ${ratesColumns}
    FROM (SELECT id, time_zone FROM experience WHERE supplier = ${supplier} AND (paused_at IS NULL OR paused_until <= ${now})
      ORDER BY random() LIMIT ${experiences}) AS e
    CROSS JOIN LATERAL (
      SELECT e.id, ${toDatabaseDate(first)}::date + floor(random() * ${dates})::int AS date
      FROM generate_series(1, ${each}::int)
    ) AS drawn
    JOIN day d ON d.experience_id = e.id AND d.date = drawn.date
    LEFT JOIN experience_rates r ON r.experience_id = e.id`;
}
