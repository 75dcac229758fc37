import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import type { Sql } from '../../../prisma/index.js';
import { isScheduled } from './is-scheduled.js';

/** Days that may have changed, in the supplier's ids. */
export interface Hint {
  readonly product: string;
  /** Null: every option of the product. An experience without an option mirrors the default one, which any hint may mean. */
  readonly option: string | null;
  /** Inclusive; null: no such bound. */
  readonly first: LocalDate | null;
  readonly last: LocalDate | null;
}

/**
 * The supplier said that days may have changed. They are fetched soon, and a notification wakes the processes that sync. A
 * day that is hinted already stays as it is, so repeated hints cost next to nothing; but what came after the request that is
 * under way still counts after its answer. Locks in one order, so that replicas
 * don't deadlock. @returns one row per day
 */
export function hintDays(sql: Sql, supplier: string, hints: readonly Hint[], now: Date): Promise<unknown[]> {
  return sql.$queryRaw<unknown[]>`
    WITH hint AS (
      SELECT * FROM unnest(${hints.map((h) => h.product)}::text[], ${hints.map((h) => h.option)}::text[],
        ${hints.map((h) => h.first && toDatabaseDate(h.first))}::date[], ${hints.map((h) => h.last && toDatabaseDate(h.last))}::date[])
        AS h(product, option, first, last)
    ), named AS (
      SELECT d.experience_id, d.date FROM day d
      WHERE (d.experience_id, d.date) IN (
          SELECT n.experience_id, n.date FROM hint h
          JOIN experience e ON e.supplier = ${supplier} AND e.product = h.product AND (h.option IS NULL OR e.option IS NULL OR e.option = h.option)
          JOIN day n ON n.experience_id = e.id AND n.date BETWEEN coalesce(h.first, '-infinity') AND coalesce(h.last, 'infinity'))
        AND (d.hinted_at IS NULL OR d.leased_until > ${now}) AND ${isScheduled}
      ORDER BY d.experience_id, d.date FOR UPDATE OF d
    ), hinted AS (
      UPDATE day SET hinted_at = ${now} FROM named
      WHERE day.experience_id = named.experience_id AND day.date = named.date
      RETURNING 1
    )
    SELECT (SELECT pg_notify('slotmirror_demand', '')::text FROM hinted LIMIT 1) FROM hinted`;
}
