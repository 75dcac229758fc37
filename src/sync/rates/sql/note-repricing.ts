import { CLOSED_FINGERPRINT } from '../../../inventory/index.js';
import type { Sql } from '../../../prisma/index.js';

/** So many times are kept. Then the two oldest become one: since when a copy may be wrong is not forgotten. */
export const KEPT_REPRICINGS = 8;
/** Earlier than any `planned_at`, also than those that `note-rates.ts` derives from the reads. */
const FIRST_OF_ALL = new Date('1653-01-01T00:00:00Z');

/** A price changed between two confirmations of a day. */
export interface Repricing {
  readonly experienceId: number;
  readonly before: Date;
  readonly now: Date;
}

/**
 * Notes the change, unless one that was noted since `before` explains it. Then the experience is the next to be replanned. Prices mostly
 * change together, so the last confirmation of any of its dates would have shown the change: it came after that.
 * @returns since when prices may have changed; undefined: a noted change explains it
 */
export async function noteRepricing(sql: Sql, { experienceId, before, now }: Repricing): Promise<Date | undefined> {
  const [row] = await sql.$queryRaw<{ start: Date }[]>`
    WITH last AS (
      SELECT greatest(${before}::timestamptz, max(confirmed_at)) AS at FROM day
      WHERE experience_id = ${experienceId} AND confirmed_at < ${now} AND fingerprint <> ${CLOSED_FINGERPRINT}
    ), noted AS (
      UPDATE experience_rates SET repriced_at = ${now}, planned_at = ${FIRST_OF_ALL},
        repricing_starts = CASE WHEN cardinality(repricing_starts) < ${KEPT_REPRICINGS}::int THEN repricing_starts
          ELSE repricing_starts[1:1] || repricing_starts[3:] END || last.at,
        repricing_ends = CASE WHEN cardinality(repricing_ends) < ${KEPT_REPRICINGS}::int THEN repricing_ends
          ELSE repricing_ends[2:] END || ${now}::timestamptz
      FROM last WHERE experience_id = ${experienceId} AND (repriced_at IS NULL OR repriced_at <= ${before})
      RETURNING last.at AS start
    )
    SELECT start FROM noted UNION ALL
    -- Another date of the same answer noted it.
    SELECT repricing_starts[cardinality(repricing_starts)] FROM experience_rates
    WHERE experience_id = ${experienceId} AND repriced_at = ${now} AND NOT EXISTS (SELECT FROM noted)`;
  return row?.start;
}
