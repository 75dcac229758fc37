import { isPaused } from '../../../experience/index.js';
import { fromDatabaseDate, toDatabaseDate, type LocalDate } from '../../../time/index.js';
import { fragment, type Sql } from '../../../prisma/index.js';
import type { DayKey } from '../../../inventory/index.js';

/** Which days a backfill fetches. */
export interface DayScope {
  readonly suppliers: readonly string[];
  /** Only these experiences; null: all. */
  readonly experienceIds: readonly number[] | null;
  /** The dates, by zone. A zone of null is the default zone. */
  readonly windows: readonly { readonly zone: string | null; readonly first: LocalDate; readonly last: LocalDate }[];
  /** Also the days that have not reached their max age. */
  readonly fresh: boolean;
  /** When it began. Days confirmed since then are done, and days that became stale since then are none of it. */
  readonly since: Date;
}

/** Days of experiences that are not paused at `now`, whether scheduled or not. All else is as of the start, so that the scope only shrinks. */
function inScope({ suppliers, experienceIds, windows, fresh, since }: DayScope, now: Date) {
  return fragment`
    FROM unnest(${windows.map((w) => w.zone)}::text[], ${windows.map((w) => toDatabaseDate(w.first))}::date[],
      ${windows.map((w) => toDatabaseDate(w.last))}::date[]) AS w(zone, first, last)
    JOIN experience e ON e.time_zone IS NOT DISTINCT FROM w.zone AND NOT ${isPaused(fragment`e`, now)}
    JOIN day d ON d.experience_id = e.id AND d.date BETWEEN w.first AND w.last
    WHERE e.supplier = ANY(${[...suppliers]}) AND (${experienceIds}::int[] IS NULL OR e.id = ANY(${experienceIds}))
      AND (d.confirmed_at IS NULL OR d.confirmed_at < ${since}) AND (${fresh} OR d.stale_after IS NULL OR d.stale_after <= ${since})`;
}

/** @returns how many days of each supplier that has any */
export async function countInScope(sql: Sql, scope: DayScope, now: Date): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.$queryRaw<{ supplier: string; days: number }[]>`
    SELECT e.supplier, count(*)::int AS days ${inScope(scope, now)} GROUP BY e.supplier`;
  return new Map(rows.map(({ supplier, days }) => [supplier, days]));
}

/** The supplier's next days in scope, the nearest date first. @param after only days after this one; null: from the beginning */
export async function nextInScope(
  sql: Sql,
  scope: DayScope,
  {
    supplier,
    now,
    after,
    limit,
  }: { readonly supplier: string; readonly now: Date; readonly after: DayKey | null; readonly limit: number },
): Promise<DayKey[]> {
  const behind = after ? toDatabaseDate(after.date) : null;
  const rows = await sql.$queryRaw<{ experienceId: number; date: Date }[]>`
    SELECT d.experience_id AS "experienceId", d.date ${inScope({ ...scope, suppliers: [supplier] }, now)}
      AND (${behind}::date IS NULL OR (d.date, d.experience_id) > (${behind}::date, ${after?.experienceId ?? 0}::int))
    ORDER BY d.date, d.experience_id LIMIT ${limit}`;
  return rows.map(({ experienceId, date }) => ({ experienceId, date: fromDatabaseDate(date) }));
}
