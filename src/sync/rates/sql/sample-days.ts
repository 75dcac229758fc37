import { isPaused } from '../../../experience/index.js';
import { fragment, type Sql } from '../../../prisma/index.js';
import type { Draw } from '../../model/price-sample.js';
import { dateReadsColumns, ratesColumns, type DateReadsRow, type RatesRow } from './rates-row.js';

/** A drawn day, for estimates of the whole catalogue. */
export interface SampledRow extends RatesRow, DateReadsRow {
  readonly date: Date;
  readonly fingerprint: string | null;
  readonly neverConfirmed: boolean;
  readonly timeZone: string | null;
}

export interface SampleOrder {
  readonly supplier: string;
  /** IANA; of experiences without a zone of their own. */
  readonly defaultZone: string;
  readonly draws: readonly Draw[];
  readonly now: Date;
}

/** Finds drawn days of the supplier's experiences that are not paused, by their lead where they are. Reads the catalogue once, and only the drawn days. */
export function sampleDays(sql: Sql, { supplier, defaultZone, draws, now }: SampleOrder): Promise<SampledRow[]> {
  return sql.$queryRaw<SampledRow[]>`
    SELECT d.date, d.fingerprint, d.confirmed_at IS NULL AS "neverConfirmed", e.time_zone AS "timeZone",
      ${ratesColumns}, ${dateReadsColumns}
    FROM (SELECT id, time_zone, row_number() OVER (ORDER BY coalesce(o.reads, 0) DESC, id) - 1 AS place
      FROM experience x LEFT JOIN experience_rates o ON o.experience_id = id
      WHERE x.supplier = ${supplier} AND NOT ${isPaused(fragment`x`, now)}) AS e
    JOIN unnest(${draws.map((draw) => draw.place)}::int[], ${draws.map((draw) => draw.lead)}::int[]) AS drawn(place, lead)
      ON drawn.place = e.place
    -- LIMIT 1 makes it a lookup by the whole key. For a join PostgreSQL expects most days, and reads the whole table.
    CROSS JOIN LATERAL (
      SELECT date, fingerprint, confirmed_at FROM day
      WHERE experience_id = e.id AND date = (${now}::timestamptz AT TIME ZONE coalesce(e.time_zone, ${defaultZone}))::date + drawn.lead LIMIT 1
    ) AS d
    LEFT JOIN experience_rates r ON r.experience_id = e.id
    LEFT JOIN LATERAL (SELECT * FROM day_reads WHERE experience_id = e.id AND date = d.date LIMIT 1) AS n ON true`;
}
