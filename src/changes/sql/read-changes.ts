import { LAST_CHANGE } from '../../inventory/index.js';
import type { BatchStatement, Placed } from '../../prisma/index.js';

/** What follows a position. Numbers of transactions and ids are text, as they may exceed 2^53. */
export interface StoredPage extends Placed {
  readonly epoch: string;
  /** The last change that was deleted. */
  readonly keptXid: string;
  readonly keptId: string;
  /** The oldest running transaction: all changes of earlier ones are visible, and those of later ones are not read. */
  readonly safeXid: string;
  /** The last change that is read; null: there is none. */
  readonly lastXid: string | null;
  readonly lastId: string | null;
  /** Committed changes wait for that transaction to end. */
  readonly held: boolean;
  /** JSON text of `StoredChange[]`; null: none. */
  readonly changes: string | null;
}

export interface StoredChange extends Record<`${SummaryColumn}${'Before' | 'After'}`, number | null> {
  readonly xid: string;
  readonly id: string;
  readonly experienceId: number;
  readonly date: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly listedBefore: boolean | null;
  readonly listedAfter: boolean | null;
  readonly currencyCodeBefore: string | null;
  readonly currencyCodeAfter: string | null;
}

type SummaryColumn = 'openSlots' | 'remaining' | 'finalPrice' | 'originalPrice' | 'discount';

const summary = (when: 'before' | 'after', suffix: 'Before' | 'After') => `
  listed_${when} AS "listed${suffix}", open_slots_${when} AS "openSlots${suffix}", remaining_${when} AS "remaining${suffix}",
  final_price_${when} AS "finalPrice${suffix}", original_price_${when} AS "originalPrice${suffix}",
  discount_${when} AS "discount${suffix}", currency_code_${when} AS "currencyCode${suffix}"`;

/** $1 and $2 position, $3 how many changes at most. One row for each key, from one snapshot. */
export const READ_CHANGES: BatchStatement = {
  name: 'read_changes',
  text: `
    SELECT k.place::int AS place, f.epoch, f.kept_xid::text AS "keptXid", f.kept_id::text AS "keptId",
      pg_snapshot_xmin(pg_current_snapshot())::text AS "safeXid", l.xid::text AS "lastXid", l.id::text AS "lastId",
      EXISTS (SELECT FROM day_change WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())) AS held, page.changes
    FROM unnest($1::text[], $2::text[], $3::int[]) WITH ORDINALITY AS k (xid, id, most, place)
    CROSS JOIN change_feed f LEFT JOIN (${LAST_CHANGE}) AS l ON true
    CROSS JOIN LATERAL (
      SELECT json_agg(c ORDER BY c.place)::text AS changes FROM (
        SELECT row_number() OVER (ORDER BY d.xid, d.id) AS place, d.xid::text AS xid, d.id::text AS id,
          experience_id AS "experienceId", date, version, (extract(epoch FROM at) * 1000)::bigint AS at,
          ${summary('before', 'Before')}, ${summary('after', 'After')}
        FROM day_change d
        WHERE (d.xid, d.id) > (k.xid::xid8, k.id::bigint) AND d.xid < pg_snapshot_xmin(pg_current_snapshot())
          AND (d.xid, d.id) > (f.kept_xid, f.kept_id)
        ORDER BY d.xid, d.id LIMIT k.most
      ) AS c
    ) AS page`,
};
