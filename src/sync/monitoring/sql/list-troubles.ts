import { isPaused } from '../../../experience/index.js';
import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import { UNANSWERED } from '../../../inventory/index.js';
import { fragment, type Sql } from '../../../prisma/index.js';

/** The most dates that are listed of a product. */
const DATES = 7;

/** Days of one product that fail with one cause. */
export interface FailingProduct {
  readonly supplier: string;
  readonly experienceId: number;
  readonly kind: string;
  readonly days: number;
  /** The sum of the failures in a row of these days. */
  readonly attempts: number;
  /** The first failure, and the last. */
  readonly since: Date;
  readonly failedAt: Date;
  /** The day that failed last, and its error. */
  readonly date: Date;
  readonly error: string;
  /** The first of the days. */
  readonly dates: readonly Date[];
  /** When one of the days is tried again; null: not before their dates are over. */
  readonly retryAt: Date | null;
}

/** Lists failing products, last failure first, but none that are paused: nothing is asked of them that would end it. Reads only failing days. */
export function listFailingProducts(sql: Sql, now: Date, limit: number): Promise<FailingProduct[]> {
  return sql.$queryRaw<FailingProduct[]>`
    SELECT f.*, CASE WHEN h.held OR f.kind <> ALL(${[...UNANSWERED]}) THEN coalesce(h.retry_at, f."dueAt") ELSE least(f."dueAt", h.retry_at) END AS "retryAt"
    FROM (
      SELECT experience_id AS "experienceId", min(supplier) AS supplier, coalesce(failure_kind, 'bad_answer') AS kind, count(*)::int AS days,
        sum(attempts)::int AS attempts, min(coalesce(failing_since, failed_at)) AS since, max(failed_at) AS "failedAt",
        (array_agg(date ORDER BY failed_at DESC, date))[1] AS date,
        (array_agg(last_error ORDER BY failed_at DESC, date))[1] AS error, min(due_at) AS "dueAt",
        (array_agg(date ORDER BY date))[1:${DATES}] AS dates
      FROM day d WHERE attempts > 0
        AND NOT EXISTS (SELECT FROM experience e WHERE e.id = d.experience_id AND ${isPaused(fragment`e`, now)})
      GROUP BY 1, 3 ORDER BY max(failed_at) DESC, 1 LIMIT ${limit}
    ) AS f LEFT JOIN product_health h ON h.experience_id = f."experienceId"
    ORDER BY f."failedAt" DESC, f."experienceId"`;
}

/** Days of one product whose last answers had the same oddity. */
export interface OddProduct {
  readonly supplier: string;
  readonly experienceId: number;
  readonly code: string;
  readonly days: number;
  readonly slots: number;
  readonly since: Date;
  readonly seenAt: Date;
  readonly date: Date;
  readonly detail: string;
  /** The first of the days. */
  readonly dates: readonly Date[];
}

/** Lists odd products, last seen first. @param from the first date */
export function listOddProducts(sql: Sql, from: LocalDate, limit: number): Promise<OddProduct[]> {
  return sql.$queryRaw<OddProduct[]>`
    SELECT d.experience_id AS "experienceId", min(d.supplier) AS supplier, o.oddity ->> 'code' AS code, count(*)::int AS days,
      sum((o.oddity ->> 'slots')::int)::int AS slots, min(d.changed_at) AS since, max(d.confirmed_at) AS "seenAt",
      (array_agg(d.date ORDER BY d.confirmed_at DESC, d.date))[1] AS date,
      (array_agg(o.oddity ->> 'detail' ORDER BY d.confirmed_at DESC, d.date))[1] AS detail,
      (array_agg(d.date ORDER BY d.date))[1:${DATES}] AS dates
    FROM day d CROSS JOIN LATERAL json_array_elements(d.oddities) AS o(oddity)
    WHERE d.oddities IS NOT NULL AND d.date >= ${toDatabaseDate(from)}::date
    GROUP BY 1, 3 ORDER BY max(d.confirmed_at) DESC, 1, 3 LIMIT ${limit}`;
}
