import { fragment, type Sql } from '../../prisma/index.js';

const BATCH = 10_000;

/** The table of the feed. One that was restored from a dump is another one, also in the same cluster. */
const RELATION = fragment`'change_feed'::regclass::oid::bigint`;

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
  await sql.$executeRaw`
    UPDATE change_feed SET history = coalesce(history, ${history}), relation = coalesce(relation, ${RELATION})
    WHERE history IS NULL OR relation IS NULL`;
  const rows = await sql.$queryRaw<unknown[]>`
    SELECT FROM change_feed WHERE history <> ${history} OR relation <> ${RELATION}`;
  return rows.length > 0;
}

/**
 * Deletes changes with numbers of transactions that did not happen here yet: they came with a dump of another cluster, and would
 * appear some day among those of this one.
 */
export async function deleteForeign(sql: Sql): Promise<void> {
  const deleted = await sql.$executeRaw`
    DELETE FROM day_change WHERE (xid, id) IN (
      SELECT xid, id FROM day_change WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()) LIMIT ${BATCH})`;
  if (deleted > 0) await deleteForeign(sql);
}

/** Changes that are younger may have been recorded since the cluster changed its timeline: it is looked at once a minute. */
const REWIND = '10 minutes';

/** The feed has another epoch than before. */
export interface NewEpoch {
  readonly before: string;
  readonly epoch: string;
  /**
   * It is still the same cluster, on another timeline: a standby was promoted, or a backup restored. So a stored position is still one
   * of this log. It may have been stored by a process that was further, in the old timeline.
   */
  readonly sameCluster: boolean;
  /** The last change from well before that, from where nothing is missed: the number of its transaction, and its id. */
  readonly safeXid: string;
  readonly safeId: string;
}

/** Begins the feed anew: no older cursor is valid. @returns undefined: another process did so */
export async function beginAnew(sql: Sql): Promise<NewEpoch | undefined> {
  const history = await historyOf(sql);
  const rows = await sql.$queryRaw<NewEpoch[]>`
    UPDATE change_feed f SET epoch = left(md5(random()::text || clock_timestamp()::text), 8), history = ${history}, relation = ${RELATION},
      kept_xid = CASE WHEN old."sameCluster" THEN f.kept_xid ELSE pg_snapshot_xmin(pg_current_snapshot()) END,
      kept_id = CASE WHEN old."sameCluster" THEN f.kept_id ELSE 0 END
    FROM (
      SELECT epoch AS before, relation = ${RELATION}
        AND split_part(history, ' ', 1) = split_part(${history}, ' ', 1) AS "sameCluster"
      FROM change_feed WHERE history <> ${history} OR relation <> ${RELATION} FOR UPDATE
    ) AS old LEFT JOIN (
      SELECT xid, id FROM day_change WHERE at < now() - ${REWIND}::interval ORDER BY xid DESC, id DESC LIMIT 1
    ) AS safe ON true
    RETURNING old.before, f.epoch, old."sameCluster",
      coalesce(safe.xid, f.kept_xid)::text AS "safeXid", coalesce(safe.id, f.kept_id)::text AS "safeId"`;
  return rows[0];
}
