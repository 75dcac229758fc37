import { fragment, type Fragment } from '../../prisma/index.js';

/**
 * Whether a pause is in force at `now`. One that is over is none, whether or not that was noted.
 * @param row the name of a row of `experience`, of `supplier` or of `sync_control`. Without a row nothing is paused
 */
export function isPaused(row: Fragment, now: Date): Fragment {
  return fragment`(${row}.paused_at IS NOT NULL AND (${row}.paused_until IS NULL OR ${row}.paused_until > ${now}))`;
}
