import { isPaused } from '../../../experience/index.js';
import { fragment, type Sql } from '../../../prisma/index.js';
import { INTERVAL_CLASSES, WAITED_FOR_READER } from '../../model/interval-class.js';
import type { Priority } from '../../model/priority.js';
import { isScheduled } from './is-scheduled.js';

/**
 * Why a day may be fetched next:
 * - `max_age`: it was confirmed so long ago that it is fetched whatever its value. An answer can be as old when it comes: then it is not due
 * - `demand`: a reader waits for it, or got a stale answer. While its empty answer is unconfirmed, when it is due
 * - `hint`: its supplier said that it may have changed
 * - `probe`: its product fails although the supplier answers, and the next attempt is due. A day that was not tried since it
 *   began to fail goes first while it is unknown whether the day fails or the product. An answer without slots does not show it
 * - `retry`: its request failed, or its empty answer is unconfirmed, and the next attempt is due
 * - `due`: it is about to reach the max age of its tier
 * - `value`: it is the first of its interval class, of the days with a stale probability, or of those that were never fetched
 */
export type Lane = 'max_age' | 'demand' | 'hint' | 'probe' | 'retry' | 'due' | 'value';

export interface CandidateRow extends Priority {
  readonly lane: Lane;
  readonly experienceId: number;
  readonly date: Date;
  readonly confirmedAt: Date | null;
  readonly dueAt: Date | null;
  readonly requestedAt: Date | null;
  readonly hintedAt: Date | null;
  readonly lastStart: string | null;
  /** Null: the default zone. */
  readonly timeZone: string | null;
}

export interface CandidateSearch {
  readonly supplier: string;
  readonly now: Date;
  /** The most candidates per lane. */
  readonly limit: number;
  /** Demand from before this has lapsed. */
  readonly requestedSince: Date;
  /** The budget keeps all max ages. Otherwise a reader's request for a known day counts only if it is nearly worth the shadow price. */
  readonly keepsMaxAges: boolean;
  /** Days confirmed before this belong to the max-age lane. */
  readonly oldBefore: Date;
  /** The latest possible end of a lease. A later one was written by a clock that ran ahead, and does not count. */
  readonly longestLease: Date;
  /** The latest possible end of a product's rest. */
  readonly longestRest: Date;
  /** If at least `experiences` products have failed since then without an answer, none rests. */
  readonly failedLately: Date;
  readonly experiences: number;
  /** Failure kinds that may be the supplier's. Demand for a day that failed so is a reason to try it again. */
  readonly unanswered: readonly string[];
}

/**
 * The supplier's days that may be next. Reads a range of each index, of at most `limit` free rows. So the cost depends on the claim and
 * not on the catalogue.
 */
export function findCandidates(sql: Sql, search: CandidateSearch): Promise<CandidateRow[]> {
  const { supplier, now, limit, requestedSince, oldBefore, longestLease, longestRest, failedLately, experiences } =
    search;
  const { keepsMaxAges } = search;
  const unanswered = [...search.unanswered];
  const unleased = fragment`(d.leased_until IS NULL OR d.leased_until <= ${now} OR d.leased_until > ${longestLease})`;
  // Of no paused experience and no held product: these stand elsewhere in each index.
  const claimable = fragment`d.supplier = ${supplier} AND d.claimable`;
  // If all products of the supplier fail, none rests, because there is no other to leave room for. Days that readers wait for do not rest.
  const rests = fragment`h.rest_until > ${now} AND h.rest_until <= ${longestRest}
    AND (SELECT count(*) FROM product_health f JOIN experience p ON p.id = f.experience_id
      WHERE p.supplier = ${supplier} AND f.failures > 0 AND f.last_failed_at > ${failedLately}) < ${experiences}`;
  const free = fragment`${unleased} AND NOT EXISTS (SELECT FROM product_health h WHERE h.experience_id = d.experience_id AND ${rests})`;
  const sound = fragment`d.attempts = 0 AND d.empty_seen_at IS NULL AND ${free}`;
  // Not all columns, because the documents are large.
  const columns = fragment`d.experience_id, d.date, d.confirmed_at, d.due_at, d.requested_at, d.hinted_at, d.interval_class, d.refresh_at,
    d.refresh_value, d.last_start`;
  // Where not all max ages can be kept they have no share of their own, see `fetch/queue.ts`.
  const firstFetches = keepsMaxAges
    ? fragment`UNION ALL
      (SELECT 'value', ${columns} FROM day d
        WHERE ${claimable} AND d.confirmed_at IS NULL AND d.refresh_value IS NOT NULL AND ${sound}
        ORDER BY d.refresh_value DESC LIMIT ${limit})`
    : fragment``;
  return sql.$queryRaw<CandidateRow[]>`
    SELECT c.lane, c.experience_id AS "experienceId", c.date, c.confirmed_at AS "confirmedAt", c.due_at AS "dueAt",
      c.requested_at AS "requestedAt", c.hinted_at AS "hintedAt", c.interval_class AS "intervalClass", c.refresh_at AS "refreshAt",
      c.refresh_value AS "refreshValue", c.last_start AS "lastStart", e.time_zone AS "timeZone"
    FROM (
      (SELECT 'demand' AS lane, ${columns} FROM day d
        WHERE ${claimable} AND d.requested_at > ${requestedSince} AND ${isScheduled} AND ${unleased}
          AND (d.attempts = 0 AND d.empty_seen_at IS NULL
            OR d.due_at <= ${now} AND (d.attempts = 0 OR d.failure_kind = ANY(${unanswered})))
          AND (${keepsMaxAges}::boolean OR d.confirmed_at IS NULL OR d.refresh_value IS NOT NULL
            OR ${now}::timestamptz - d.confirmed_at >= ${WAITED_FOR_READER}::float8 * (d.refresh_at - d.confirmed_at))
        ORDER BY d.requested_at LIMIT ${limit})
      UNION ALL
      (SELECT 'hint', ${columns} FROM day d
        WHERE ${claimable} AND d.hinted_at IS NOT NULL AND ${isScheduled} AND ${sound}
        ORDER BY d.hinted_at LIMIT ${limit})
      UNION ALL
      (SELECT 'probe', probe.* FROM product_health h JOIN experience p ON p.id = h.experience_id AND p.supplier = ${supplier}
        CROSS JOIN LATERAL (SELECT ${columns} FROM day d
          WHERE d.experience_id = h.experience_id AND ${isScheduled}
            AND (h.held OR h.failures > 0 OR d.attempts > 0 OR d.dropped_slots > 0) AND ${unleased}
          ORDER BY coalesce(d.failed_at, CASE WHEN d.empty_seen_at IS NOT NULL THEN coalesce(d.due_at, d.empty_seen_at) END,
            CASE WHEN d.dropped_slots > 0 OR d.confirmed_at > h.failing_since THEN d.confirmed_at END) NULLS FIRST, d.date
          LIMIT 1) AS probe
        WHERE h.retry_at <= ${now} AND NOT ${isPaused(fragment`p`, now)} ORDER BY h.retry_at LIMIT ${limit})
      UNION ALL
      (SELECT 'retry', ${columns} FROM day d
        WHERE ${claimable} AND d.due_at <= ${now} AND (d.attempts > 0 OR d.empty_seen_at IS NOT NULL) AND ${free}
          AND (d.attempts = 0 OR NOT EXISTS (SELECT FROM product_health h WHERE h.experience_id = d.experience_id))
        ORDER BY d.due_at, d.experience_id LIMIT ${limit})
      UNION ALL
      (SELECT 'due', ${columns} FROM day d
        WHERE ${claimable} AND d.due_at <= ${now} AND d.confirmed_at IS NOT NULL AND ${sound}
        ORDER BY d.due_at, d.experience_id LIMIT ${limit})
      UNION ALL
      (SELECT 'max_age', ${columns} FROM day d
        WHERE ${claimable} AND d.confirmed_at <= ${oldBefore} AND d.due_at <= ${now} AND ${sound}
        ORDER BY d.confirmed_at LIMIT ${limit})
      UNION ALL
      (SELECT 'value', head.* FROM generate_series(0, ${INTERVAL_CLASSES - 1}::int) AS t(class)
        CROSS JOIN LATERAL (SELECT ${columns} FROM day d
          WHERE ${claimable} AND d.interval_class = t.class AND d.refresh_at IS NOT NULL AND ${sound}
          ORDER BY d.refresh_at LIMIT ${limit}) AS head)
      UNION ALL
      (SELECT 'value', ${columns} FROM day d WHERE ${claimable} AND d.refresh_value IS NOT NULL AND ${sound}
        ORDER BY d.refresh_value DESC LIMIT ${limit})
      ${firstFetches}
    ) AS c JOIN experience e ON e.id = c.experience_id`;
}
