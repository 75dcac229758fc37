import type { Sql } from '../../../prisma/index.js';
import { movesTo, TALLIED, TALLIED_SUMS } from './tally-at.js';

/**
 * Adds the changes to the stored tally, which is then that of the instant `at`. One process does so at a time; another finds
 * nothing to do. @param sql a transaction. @returns whether this one did
 */
export async function foldTally(sql: Sql, at: Date): Promise<boolean> {
  // A statement of its own: the next one sees what the last fold has committed.
  const [taken] = await sql.$queryRaw<{ at: Date }[]>`SELECT at FROM day_tally_epoch FOR UPDATE SKIP LOCKED`;
  if (!taken) return false;
  await sql.$executeRaw`
    WITH ${movesTo(at, taken.at)}, sums AS (
      SELECT supplier, time_zone, date, ${TALLIED_SUMS} FROM moves GROUP BY supplier, time_zone, date
    ), gone AS (
      -- By the snapshot that the sums are read by: what is appended meanwhile stays.
      DELETE FROM day_tally_change
    ), moved AS (
      UPDATE day_tally_epoch SET at = ${at}
    )
    INSERT INTO day_tally (supplier, time_zone, date, ${TALLIED}) SELECT * FROM sums
    ON CONFLICT (supplier, time_zone, date) DO UPDATE SET scheduled = day_tally.scheduled + excluded.scheduled,
      never = day_tally.never + excluded.never, unasked = day_tally.unasked + excluded.unasked,
      failing = day_tally.failing + excluded.failing, hinted = day_tally.hinted + excluded.hinted,
      fresh = day_tally.fresh + excluded.fresh, fresh_over = day_tally.fresh_over + excluded.fresh_over,
      due = day_tally.due + excluded.due`;
  return true;
}

/** Forgets counts of dates without days, and leases that are over. */
export async function tidyTally(sql: Sql, now: Date): Promise<void> {
  await sql.$executeRaw`
    DELETE FROM day_tally WHERE (scheduled, never, unasked, failing, hinted, fresh, fresh_over, due) = (0, 0, 0, 0, 0, 0, 0, 0)`;
  await sql.$executeRaw`DELETE FROM day_lease WHERE until <= ${now}`;
}
