import type { Sql } from '../../prisma/index.js';

const BATCH = 10_000;

/** The database cluster and its timeline: a copy, a restored backup and a promoted standby have others. */
async function historyOf(sql: Sql): Promise<string | undefined> {
  const rows = await sql.$queryRaw<{ history: string }[]>`
    SELECT concat_ws(' ', system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8)) AS history FROM pg_control_system()`;
  return rows[0]?.history;
}

/** Notes the history of the database where none is known. @returns whether the feed belongs to another one */
export async function isOfOtherHistory(sql: Sql): Promise<boolean> {
  const history = await historyOf(sql);
  if (history === undefined) return false;
  await sql.$executeRaw`UPDATE change_feed SET history = ${history} WHERE history IS NULL`;
  const rows = await sql.$queryRaw<unknown[]>`SELECT FROM change_feed WHERE history <> ${history}`;
  return rows.length > 0;
}

/**
 * Begins the feed anew: no older cursor is valid. Changes with numbers of transactions that did not happen here yet came with a
 * dump of another cluster; they would appear some day among those of this one.
 */
export async function beginAnew(sql: Sql): Promise<void> {
  const history = await historyOf(sql);
  const deleted = await sql.$executeRaw`
    DELETE FROM day_change WHERE (xid, id) IN (
      SELECT xid, id FROM day_change WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()) LIMIT ${BATCH})`;
  if (deleted > 0) return beginAnew(sql);
  await sql.$executeRaw`
    UPDATE change_feed SET epoch = left(md5(random()::text || clock_timestamp()::text), 8), history = ${history},
      kept_xid = pg_snapshot_xmin(pg_current_snapshot()), kept_id = 0
    WHERE history <> ${history}`;
}
