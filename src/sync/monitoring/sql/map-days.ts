import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import type { Sql } from '../../../prisma/index.js';
import { CLOSED_FINGERPRINT } from '../../../inventory/index.js';

/** The flags of a day, which are added up. */
const DAY_FLAGS = { closed: 1, soldOut: 2, failing: 4, leased: 8 } as const;

/** The existing days of an experience, in three arrays of equal length. */
export interface DayMapRow {
  readonly experienceId: number;
  /** Days after the first date. */
  readonly offsets: number[];
  /** When each was confirmed, whole epoch seconds; null: never. */
  readonly confirmed: (number | null)[];
  /** See `DAY_FLAGS`. */
  readonly flags: number[];
  /** When its first date exceeds its max age, epoch seconds; null: it was never confirmed. */
  readonly firstStaleAfter: number | null;
}

/**
 * The window of each of these experiences: `length` dates from its first one. One row per experience, in the same order. As JSON, which is
 * read several times as fast as PostgreSQL's arrays; of whole seconds, which are written faster than fractions.
 */
export function mapDays(
  sql: Sql,
  windows: readonly { readonly experienceId: number; readonly first: LocalDate }[],
  length: number,
  now: Date,
): Promise<DayMapRow[]> {
  const { closed, soldOut, failing, leased } = DAY_FLAGS;
  return sql.$queryRaw<DayMapRow[]>`
    SELECT w.id AS "experienceId", d.*
    FROM unnest(${windows.map((w) => w.experienceId)}::int[], ${windows.map((w) => toDatabaseDate(w.first))}::date[])
      AS w(id, first)
    CROSS JOIN LATERAL (
      SELECT to_json(array_agg(d.date - w.first)) AS offsets, to_json(array_agg(date_part('epoch', d.confirmed_at)::int8)) AS confirmed,
        to_json(array_agg(CASE WHEN d.confirmed_at IS NULL THEN 0 WHEN d.fingerprint = ${CLOSED_FINGERPRINT} THEN ${closed}::int
            WHEN d.open_slots = 0 THEN ${soldOut}::int ELSE 0 END
          + CASE WHEN d.attempts > 0 THEN ${failing}::int ELSE 0 END
          + CASE WHEN d.leased_until > ${now} THEN ${leased}::int ELSE 0 END)) AS flags,
        max(date_part('epoch', d.stale_after)) FILTER (WHERE d.date = w.first) AS "firstStaleAfter"
      FROM (
        SELECT * FROM day WHERE experience_id = w.id AND date >= w.first AND date < w.first + ${length}::int ORDER BY date
      ) AS d HAVING count(*) > 0
    ) AS d ORDER BY w.id`;
}
