import type { Sql } from '../../../prisma/index.js';

/** So many are kept. Of days that changed more often since they were confirmed, the rest makes no difference. */
const KEPT = 8;
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
      repricing_starts = (repricing_starts || ${before}::timestamptz(3))[greatest(1, cardinality(repricing_starts) + 2 - ${KEPT}::int):],
      repricing_ends = (repricing_ends || ${now}::timestamptz(3))[greatest(1, cardinality(repricing_ends) + 2 - ${KEPT}::int):]
    WHERE experience_id = ${experienceId} AND (repriced_at IS NULL OR repriced_at <= ${before})`;
}
