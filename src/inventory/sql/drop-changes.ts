import type { Sql } from '../../prisma/index.js';

/**
 * Deletes those of the oldest `batch` changes that are older than `before`, and moves the beginning of the feed behind them.
 * Replicas that do so at once wait for each other, and then find less.
 */
export async function dropChanges(sql: Sql, before: Date, batch: number): Promise<number> {
  const [{ dropped } = { dropped: 0 }] = await sql.$queryRaw<{ dropped: number }[]>`
    WITH oldest AS (
      SELECT xid, id, at FROM day_change ORDER BY xid, id LIMIT ${batch}
    ), gone AS (
      DELETE FROM day_change USING oldest
      WHERE day_change.xid = oldest.xid AND day_change.id = oldest.id AND oldest.at < ${before}
      RETURNING day_change.xid, day_change.id
    ), moved AS (
      UPDATE change_feed SET kept_xid = last.xid, kept_id = last.id
      FROM (SELECT xid, id FROM gone ORDER BY xid DESC, id DESC LIMIT 1) AS last
      WHERE (kept_xid, kept_id) < (last.xid, last.id)
    )
    SELECT count(*)::int AS dropped FROM gone`;
  return dropped;
}
