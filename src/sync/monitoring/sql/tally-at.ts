import { fragment, type Fragment, type Sql } from '../../../prisma/index.js';
import { whetherClaimable } from '../../schedule/sql/whether-claimable.js';

/** Of the stored tally, and of what is added to it. */
export const TALLIED = fragment`scheduled, never, unasked, failing, hinted, fresh, fresh_over, due`;
export const TALLIED_SUMS = fragment`sum(scheduled)::int AS scheduled, sum(never)::int AS never, sum(unasked)::int AS unasked,
  sum(failing)::int AS failing, sum(hinted)::int AS hinted, sum(fresh)::int AS fresh, sum(fresh_over)::int AS fresh_over, sum(due)::int AS due`;

/**
 * What makes the stored tally that of the instant `at`, as the common table expression `moves`. First the states that days left and
 * entered, counted as of the tally's own instant (the epoch). Then the days that, as they are now, became stale or due between
 * the epoch and `at`, which may also lie before it. All of it is read by one snapshot, so it is exact.
 *
 * It reads few rows: the changes since the last fold, and the ranges of the indexes between both instants.
 */
export function movesTo(at: Date, epoch: Date) {
  const [low, high] = epoch < at ? [epoch, at] : [at, epoch];
  const sign = epoch < at ? 1 : -1;
  const between = (column: Fragment) => fragment`${column} > ${low} AND ${column} <= ${high}`;
  // An array, because four joins would take longer to plan than all of it takes to run.
  const ofKnown = fragment`d.supplier = ANY(ARRAY(SELECT supplier FROM known))`;
  return fragment`
    known AS MATERIALIZED (
      SELECT supplier FROM day_tally UNION SELECT supplier FROM day_tally_change
    ), passed AS (
      SELECT d.supplier, d.experience_id, d.date, ${-sign}::int AS fresh, 0 AS fresh_over, 0 AS due
      FROM day d WHERE ${ofKnown} AND d.due_at IS NOT NULL AND ${between(fragment`d.stale_after`)}
      UNION ALL
      SELECT d.supplier, d.experience_id, d.date, 0, ${-sign}::int, 0
      FROM day d WHERE ${ofKnown} AND d.due_at IS NULL AND ${between(fragment`d.stale_after`)}
      UNION ALL
      SELECT d.supplier, d.experience_id, d.date, 0, 0, ${sign}::int
      FROM day d WHERE ${ofKnown} AND ${whetherClaimable} AND ${between(fragment`d.due_at`)}
        AND d.attempts = 0 AND d.empty_seen_at IS NULL AND d.confirmed_at IS NOT NULL
      UNION ALL
      SELECT d.supplier, d.experience_id, d.date, 0, 0, ${sign}::int
      FROM day d WHERE ${ofKnown} AND ${whetherClaimable} AND ${between(fragment`d.due_at`)}
        AND (d.attempts > 0 OR d.empty_seen_at IS NOT NULL) AND (d.attempts > 0 OR d.confirmed_at IS NOT NULL)
    ), moves AS (
      SELECT c.supplier, c.time_zone, c.date, CASE WHEN c.due_at IS NOT NULL THEN n ELSE 0 END AS scheduled,
        CASE WHEN c.due_at IS NOT NULL AND never THEN n ELSE 0 END AS never,
        CASE WHEN c.due_at IS NOT NULL AND never AND NOT failing THEN n ELSE 0 END AS unasked,
        CASE WHEN c.due_at IS NOT NULL AND failing THEN n ELSE 0 END AS failing,
        CASE WHEN c.due_at IS NOT NULL AND hinted THEN n ELSE 0 END AS hinted,
        CASE WHEN c.due_at IS NOT NULL AND c.stale_after > ${epoch} THEN n ELSE 0 END AS fresh,
        CASE WHEN c.due_at IS NULL AND c.stale_after > ${epoch} THEN n ELSE 0 END AS fresh_over,
        CASE WHEN c.due_at <= ${epoch} AND NOT (never AND NOT failing) THEN n ELSE 0 END AS due
      FROM day_tally_change c
      UNION ALL
      SELECT p.supplier, coalesce(e.time_zone, ''), p.date, 0, 0, 0, 0, 0, p.fresh, p.fresh_over, p.due
      FROM passed p JOIN experience e ON e.id = p.experience_id
    )`;
}

export async function epochOf(sql: Sql): Promise<Date> {
  const [row] = await sql.$queryRaw<{ at: Date }[]>`SELECT at FROM day_tally_epoch`;
  return row?.at ?? new Date(0);
}
