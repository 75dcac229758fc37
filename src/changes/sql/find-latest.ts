import type { BatchStatement, Placed } from '../../prisma/index.js';

/** A position in the feed. */
export interface StoredPlace extends Placed {
  readonly epoch: string;
  readonly xid: string;
  readonly id: string;
}

/** $1 how many changes before the end; where there are fewer, the beginning. One row for each key. */
export const FIND_LATEST: BatchStatement = {
  name: 'find_latest_changes',
  text: `
    SELECT k.place::int AS place, f.epoch, coalesce(d.xid, f.kept_xid)::text AS xid, coalesce(d.id, f.kept_id)::text AS id
    FROM unnest($1::int[]) WITH ORDINALITY AS k (back, place) CROSS JOIN change_feed f
    LEFT JOIN LATERAL (
      SELECT xid, id FROM day_change
      WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) AND (xid, id) > (f.kept_xid, f.kept_id)
      ORDER BY xid DESC, id DESC OFFSET k.back LIMIT 1
    ) AS d ON true`,
};
