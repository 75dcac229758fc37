import { fragment } from '../../prisma/index.js';

/** As many transactions do not begin while one of ours runs. */
const MOST_LATER = fragment`1000000`;

/**
 * Whether a transaction with a later number than ours wrote the version of the row that we lock. Computed again for a version that
 * we had to wait for, when our transaction has its number; without one, the version is older than our snapshot. Numbers of rows
 * have 32 bits and wrap around: one that is far ahead is an old one.
 */
export const recordedLater = fragment`coalesce(
  (xmin::text::bigint - pg_current_xact_id_if_assigned()::text::bigint) & 4294967295 BETWEEN 1 AND ${MOST_LATER}, false)`;
