import { isPaused } from '../../../experience/index.js';
import { fragment, type Sql } from '../../../prisma/index.js';
import type { ProductTrouble, RetryShare } from '../product-trouble.js';

/** Locks the product's row for the transaction; undefined: no row. */
export async function lockHealth(sql: Sql, experienceId: number): Promise<ProductTrouble | undefined> {
  const rows = await sql.$queryRaw<ProductTrouble[]>`
    SELECT kind, detail, failing_since AS "failingSince", last_failed_at AS "lastFailedAt", failures, held,
      retry_at AS "retryAt", retries, answered_at AS "answeredAt", forgiven_at AS "forgivenAt",
      rest_until AS "restUntil", refuted_at AS "refutedAt"
    FROM product_health WHERE experience_id = ${experienceId} FOR UPDATE`;
  return rows[0];
}

/** Stores the product's row. Does nothing if the experience has been removed. */
export function saveHealth(sql: Sql, experienceId: number, of: ProductTrouble): Promise<number> {
  return sql.$executeRaw`
    INSERT INTO product_health (experience_id, kind, detail, failing_since, last_failed_at, failures, held, retry_at, retries,
      answered_at, forgiven_at, rest_until, refuted_at)
    SELECT id, ${of.kind}, ${of.detail}, ${of.failingSince}, ${of.lastFailedAt}, ${of.failures}, ${of.held}, ${of.retryAt},
      ${of.retries}, ${of.answeredAt}, ${of.forgivenAt}, ${of.restUntil}, ${of.refutedAt}
    FROM experience WHERE id = ${experienceId}
    ON CONFLICT (experience_id) DO UPDATE SET kind = excluded.kind, detail = excluded.detail,
      failing_since = excluded.failing_since, last_failed_at = excluded.last_failed_at, failures = excluded.failures,
      held = excluded.held, retry_at = excluded.retry_at, retries = excluded.retries, answered_at = excluded.answered_at,
      forgiven_at = excluded.forgiven_at, rest_until = excluded.rest_until,
      refuted_at = excluded.refuted_at`;
}

/** Counts of other failing products, and when the last of those that are not held is tried again. */
type Others = Pick<RetryShare, 'othersHeld' | 'othersFailing' | 'lastRetryAt'>;

/**
 * Counts failing products of the supplier other than this one (null: all): those that are held but not absent, and those that are not held and
 * failed after `since`.
 * @param absent kinds of failure that mean that a product does not exist
 */
export async function countOthers(
  sql: Sql,
  supplier: string,
  experienceId: number | null,
  since: Date,
  absent: readonly string[],
): Promise<Others> {
  const [row] = await sql.$queryRaw<Others[]>`
    SELECT count(*) FILTER (WHERE held AND kind <> ALL(${[...absent]}))::int AS "othersHeld",
      count(*) FILTER (WHERE NOT held AND last_failed_at > ${since})::int AS "othersFailing",
      max(retry_at) FILTER (WHERE NOT held AND last_failed_at > ${since}) AS "lastRetryAt"
    FROM product_health h JOIN experience e ON e.id = h.experience_id AND e.supplier = ${supplier}
    WHERE h.experience_id IS DISTINCT FROM ${experienceId}::int AND retries > 0`;
  return row ?? { othersHeld: 0, othersFailing: 0, lastRetryAt: null };
}

/** Products that fail in the same way, so often that they are hardly asked for. */
export interface HeldProducts {
  readonly kind: string;
  readonly products: number;
  /** The first failure among them. */
  readonly since: Date;
  /** Of one of them. */
  readonly detail: string;
}

/** The held products of the supplier by kind of failure, without paused experiences. */
export function groupHeld(sql: Sql, supplier: string, now: Date): Promise<HeldProducts[]> {
  return sql.$queryRaw<HeldProducts[]>`
    SELECT kind, count(*)::int AS products, min(failing_since) AS since, min(detail) AS detail
    FROM product_health h JOIN experience e ON e.id = h.experience_id AND e.supplier = ${supplier}
    WHERE held AND NOT ${isPaused(fragment`e`, now)} GROUP BY kind`;
}

/** When the product last answered with slots, according to the mirror; null: unknown. */
export async function lastListOf(sql: Sql, experienceId: number): Promise<Date | null> {
  const [row] = await sql.$queryRaw<{ at: Date | null }[]>`
    SELECT max(confirmed_at) AS at FROM day WHERE experience_id = ${experienceId} AND open_slots > 0`;
  return row?.at ?? null;
}

/**
 * Clears the failures of some products of the supplier that began to fail after `since`: the cause was the supplier. Of those that were held
 * all days are written. @returns these products, at most `limit`
 */
export async function releaseSince(
  sql: Sql,
  {
    supplier,
    since,
    now,
    limit,
  }: { readonly supplier: string; readonly since: Date; readonly now: Date; readonly limit: number },
): Promise<number[]> {
  const rows = await sql.$queryRaw<{ experienceId: number }[]>`
    WITH failing AS (
      SELECT h.experience_id FROM product_health h JOIN experience e ON e.id = h.experience_id AND e.supplier = ${supplier}
      WHERE retries > 0 AND failing_since >= ${since} ORDER BY h.experience_id LIMIT ${limit} FOR UPDATE OF h
    )
    UPDATE product_health h SET held = false, failures = 0, retries = 0, retry_at = ${now}, forgiven_at = ${now},
      rest_until = NULL
    FROM failing WHERE h.experience_id = failing.experience_id
    RETURNING h.experience_id AS "experienceId"`;
  return rows.map(({ experienceId }) => experienceId);
}

/**
 * If a trouble ended for one product it may have ended for others of the supplier, which are tried at once. These are the products that began
 * to fail after `since` in the same way, and all that are not absent and were not tried after `triedBefore`.
 */
export function retryOthersNow(
  sql: Sql,
  of: {
    readonly supplier: string;
    readonly kind: string;
    readonly since: Date;
    readonly absent: readonly string[];
    readonly triedBefore: Date;
    readonly now: Date;
  },
): Promise<number> {
  return sql.$executeRaw`
    WITH others AS (
      SELECT h.experience_id FROM product_health h JOIN experience e ON e.id = h.experience_id AND e.supplier = ${of.supplier}
      WHERE retries > 0 AND retry_at > ${of.now}
        AND (kind = ${of.kind} AND failing_since >= ${of.since}
          OR kind <> ALL(${[...of.absent]}) AND last_failed_at <= ${of.triedBefore})
      ORDER BY h.experience_id FOR UPDATE OF h
    )
    UPDATE product_health h SET retry_at = ${of.now} FROM others WHERE h.experience_id = others.experience_id`;
}

/**
 * Keeps other requests from trying these products before `until`. Not one that is locked: whoever records an outcome of it says when to
 * try it again, and may wait for a day that this transaction has leased.
 */
export function holdRetries(sql: Sql, experienceIds: readonly number[], until: Date): Promise<number> {
  return sql.$executeRaw`
    UPDATE product_health SET retry_at = greatest(retry_at, ${until}) WHERE experience_id IN (
      SELECT experience_id FROM product_health WHERE experience_id = ANY(${[...experienceIds]})
      ORDER BY experience_id FOR UPDATE SKIP LOCKED)`;
}

/** Corrects instants of the supplier's products further ahead than any rule sets them. Impossible rests need no correction, because they do not count. */
export function clampHealth(
  sql: Sql,
  supplier: string,
  { now, past, retry }: { readonly now: Date; readonly past: Date; readonly retry: Date },
): Promise<number> {
  return sql.$executeRaw`
    UPDATE product_health h SET failing_since = least(failing_since, ${now}), last_failed_at = least(last_failed_at, ${now}),
      answered_at = least(answered_at, ${now}), forgiven_at = least(forgiven_at, ${now}),
      refuted_at = least(refuted_at, ${now}),
      retry_at = CASE WHEN retry_at > ${retry} THEN ${now}::timestamptz ELSE retry_at END
    FROM experience e WHERE e.id = h.experience_id AND e.supplier = ${supplier} AND (failing_since > ${past} OR last_failed_at > ${past}
      OR answered_at > ${past} OR forgiven_at > ${past} OR refuted_at > ${past} OR retry_at > ${retry})`;
}

/** Deletes products of the supplier that have not failed since then and have no failing day and no day with dropped slots. */
export function dropHealthy(sql: Sql, supplier: string, since: Date): Promise<number> {
  return sql.$executeRaw`
    DELETE FROM product_health h USING experience e
    WHERE e.id = h.experience_id AND e.supplier = ${supplier} AND NOT held AND last_failed_at < ${since}
      AND NOT EXISTS (SELECT FROM day d WHERE d.experience_id = h.experience_id AND (d.attempts > 0 OR d.dropped_slots > 0))`;
}
