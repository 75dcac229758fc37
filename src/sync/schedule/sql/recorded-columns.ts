import { fragment } from '../../../prisma/index.js';
import type { Priority } from '../../model/priority.js';
import { priorityColumns } from './priority-columns.js';

/** When to fetch a day next after its answer is recorded. */
export interface NextFetch {
  /** From then on the day is older than the max age of its tier. */
  readonly staleAfter: Date;
  /** Null: the date is over before it would be due. */
  readonly dueAt: Date | null;
  /** When the request was sent: a hint that came later still counts. */
  readonly sentAt: Date;
  /** The holder of the lease that this ends. */
  readonly by: string;
  readonly priority: Priority;
}

/**
 * The scheduling columns that a recorded answer sets, as assignments. Inventory writes them in the statement that records
 * the document, because a process killed between two statements would leave a confirmed day leased.
 */
export function recordedColumns({ staleAfter, dueAt, sentAt, by, priority }: NextFetch) {
  return fragment`
    stale_after = ${staleAfter}, due_at = ${dueAt}, ${priorityColumns(priority)}, requested_at = NULL,
    hinted_at = CASE WHEN hinted_at > ${sentAt} THEN hinted_at END,
    attempts = 0, last_error = NULL, failed_at = NULL, failure_kind = NULL, failing_since = NULL, empty_seen_at = NULL,
    leased_until = CASE WHEN leased_by = ${by} THEN NULL ELSE leased_until END,
    leased_by = CASE WHEN leased_by = ${by} THEN NULL ELSE leased_by END`;
}
