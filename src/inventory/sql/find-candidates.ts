import { fragment, type Sql } from '../../prisma/index.js';
import type { DayTurn } from '../day-key.js';

/**
 * Where a candidate comes from: readers want it; its product fails and may be tried again (a day that did not fail, where
 * nobody knows yet whether it is the day or the product); its last request failed or was
 * not believed; its promise is about to break; it was never asked for; it was confirmed long ago; it heads its tempo.
 */
export type CandidateSource = 'wanted' | 'probe' | 'retry' | 'promise' | 'unasked' | 'oldest' | 'turn';

export interface CandidateRow extends DayTurn {
  readonly source: CandidateSource;
  readonly experienceId: number;
  readonly date: Date;
  readonly confirmedAt: Date | null;
  readonly dueAt: Date | null;
  readonly wantedAt: Date | null;
  readonly lastStart: string | null;
  /** Null: the default zone. */
  readonly timeZone: string | null;
}

export interface CandidateSearch {
  readonly now: Date;
  /** From each source, no more than this. */
  readonly limit: number;
  /** Whether the heads of the tempos are looked for, or the days that were never asked for. */
  readonly byValue: boolean;
  /** Days that readers wanted before this are wanted no more. */
  readonly wantedSince: Date;
  /** Days confirmed before this are old. */
  readonly oldBefore: Date;
  /** Tempos are numbered from 0 to this. */
  readonly lastTempo: number;
  /** No lease reaches further: one that does was written by a clock that ran ahead. */
  readonly longestLease: Date;
  /** No product rests until later than this. */
  readonly longestRest: Date;
  /** Where so many experiences failed since then and were not answered, none rests. */
  readonly failedLately: Date;
  readonly experiences: number;
  /** Failures that may be the supplier's trouble: readers who wait for such a day have it tried again. */
  readonly unanswered: readonly string[];
}

/**
 * The days that may be next. A range of each index, of at most `limit` free rows: the cost is that of what is claimed and
 * not of the catalogue.
 */
export function findCandidates(sql: Sql, search: CandidateSearch): Promise<CandidateRow[]> {
  const { now, limit, byValue, wantedSince, oldBefore, longestLease, longestRest, failedLately, experiences } = search;
  const unanswered = [...search.unanswered];
  const lastTempo = byValue ? search.lastTempo : -1;
  const unleased = fragment`(d.leased_until IS NULL OR d.leased_until <= ${now} OR d.leased_until > ${longestLease})
    AND EXISTS (SELECT FROM experience p WHERE p.id = d.experience_id
      AND (p.paused_at IS NULL OR p.paused_until <= ${now}))`;
  // Where all fail, none rests: there is no other to leave room for. Readers who wait for a day are not kept waiting either.
  const rests = fragment`h.rest_until > ${now} AND h.rest_until <= ${longestRest}
    AND (SELECT count(*) FROM product_health f
      WHERE f.failures > 0 AND f.last_failed_at > ${failedLately}) < ${experiences}`;
  const free = fragment`${unleased}
    AND NOT EXISTS (SELECT FROM product_health h
      WHERE h.experience_id = d.experience_id AND (h.held OR ${rests}))`;
  const sound = fragment`d.attempts = 0 AND d.empty_seen_at IS NULL AND ${free}`;
  // Not all columns: the documents would be carried along.
  const columns = fragment`d.experience_id, d.date, d.confirmed_at, d.due_at, d.wanted_at, d.tempo, d.turn, d.last_start`;
  return sql.$queryRaw<CandidateRow[]>`
    SELECT c.source, c.experience_id AS "experienceId", c.date, c.confirmed_at AS "confirmedAt", c.due_at AS "dueAt",
      c.wanted_at AS "wantedAt", c.tempo, c.turn, c.last_start AS "lastStart", e.time_zone AS "timeZone"
    FROM (
      (SELECT 'wanted' AS source, ${columns} FROM day d
        WHERE d.wanted_at > ${wantedSince} AND (d.due_at IS NOT NULL OR d.turn IS NOT NULL) AND ${unleased}
          AND NOT EXISTS (SELECT FROM product_health h WHERE h.experience_id = d.experience_id AND h.held)
          AND (d.attempts = 0 OR d.due_at <= ${now} AND d.failure_kind = ANY(${unanswered}))
        ORDER BY d.wanted_at LIMIT ${limit})
      UNION ALL
      (SELECT 'probe', probe.* FROM product_health h
        CROSS JOIN LATERAL (SELECT ${columns} FROM day d
          WHERE d.experience_id = h.experience_id AND (d.due_at IS NOT NULL OR d.turn IS NOT NULL)
            AND (h.held OR h.failures > 0 OR d.attempts > 0 OR d.dropped_slots > 0) AND ${unleased}
          ORDER BY coalesce(d.failed_at, CASE WHEN d.dropped_slots > 0 THEN d.confirmed_at END) NULLS FIRST, d.date LIMIT 1) AS probe
        WHERE h.retry_at <= ${now} ORDER BY h.retry_at LIMIT ${limit})
      UNION ALL
      (SELECT 'retry', ${columns} FROM day d
        WHERE d.due_at <= ${now} AND (d.attempts > 0 OR d.empty_seen_at IS NOT NULL) AND ${free}
          AND (d.attempts = 0 OR NOT EXISTS (SELECT FROM product_health h WHERE h.experience_id = d.experience_id))
        ORDER BY d.due_at, d.experience_id LIMIT ${limit})
      UNION ALL
      (SELECT 'promise', ${columns} FROM day d WHERE d.due_at <= ${now} AND d.confirmed_at IS NOT NULL AND ${sound}
        ORDER BY d.due_at, d.experience_id LIMIT ${limit})
      UNION ALL
      (SELECT 'unasked', ${columns} FROM day d
        WHERE NOT ${byValue} AND d.confirmed_at IS NULL AND d.due_at IS NOT NULL AND ${sound}
        ORDER BY d.due_at, d.experience_id LIMIT ${limit})
      UNION ALL
      (SELECT 'oldest', ${columns} FROM day d
        WHERE ${byValue} AND d.confirmed_at <= ${oldBefore} AND d.turn IS NOT NULL AND ${sound}
        ORDER BY d.confirmed_at LIMIT ${limit})
      UNION ALL
      (SELECT 'turn', head.* FROM generate_series(0, ${lastTempo}::int) AS t(tempo)
        CROSS JOIN LATERAL (SELECT ${columns} FROM day d WHERE d.tempo = t.tempo AND d.turn IS NOT NULL AND ${sound}
          ORDER BY d.turn LIMIT ${limit}) AS head)
    ) AS c JOIN experience e ON e.id = c.experience_id`;
}
