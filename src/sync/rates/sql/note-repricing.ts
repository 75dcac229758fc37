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

/** Unless a noted change since `before` explains it, it is noted, and the experience is the next to be replanned. */
export function noteRepricing(sql: Sql, { experienceId, before, now }: Repricing): Promise<number> {
  return sql.$executeRaw`
    UPDATE experience_rates SET repriced_at = ${now}, planned_at = ${FIRST_OF_ALL},
      repricing_starts = CASE WHEN cardinality(repricing_starts) < ${KEPT_REPRICINGS}::int THEN repricing_starts
        ELSE repricing_starts[1:1] || repricing_starts[3:] END || ${before}::timestamptz(3),
      repricing_ends = CASE WHEN cardinality(repricing_ends) < ${KEPT_REPRICINGS}::int THEN repricing_ends
        ELSE repricing_ends[2:] END || ${now}::timestamptz(3)
    WHERE experience_id = ${experienceId} AND (repriced_at IS NULL OR repriced_at <= ${before})`;
}
