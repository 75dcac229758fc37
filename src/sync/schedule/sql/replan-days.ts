import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import type { Sql } from '../../../prisma/index.js';
import type { DayKey } from '../../../inventory/index.js';
import type { Priority } from '../../model/priority.js';
import { dateReadsColumns, ratesColumns, type DateReadsRow, type RatesRow } from '../../rates/sql/rates-row.js';

/** The facts that a plan is computed from. */
export interface PlannedRow extends RatesRow, DateReadsRow, Priority {
  readonly supplier: string;
  readonly experienceId: number;
  readonly date: Date;
  readonly confirmedAt: Date | null;
  readonly fingerprint: string | null;
  readonly lastStart: string | null;
  readonly timeZone: string | null;
}

export interface DayRange {
  /** Dates from this on. */
  readonly first: LocalDate;
  /** Only after this day, in the order of experience and date; null: from the beginning. */
  readonly after: DayKey | null;
  /** Only of these suppliers. */
  readonly suppliers: readonly string[];
  /** Of these experiences; null: of all. */
  readonly experienceIds: readonly number[] | null;
  readonly limit: number;
}

/** The next days of a range. */
export function nextDays(sql: Sql, { first, after, suppliers, experienceIds, limit }: DayRange): Promise<PlannedRow[]> {
  return sql.$queryRaw<PlannedRow[]>`
    SELECT d.supplier, d.experience_id AS "experienceId", d.date, d.confirmed_at AS "confirmedAt", d.fingerprint,
      d.last_start AS "lastStart", d.interval_class AS "intervalClass", d.refresh_at AS "refreshAt",
      d.refresh_value AS "refreshValue", e.time_zone AS "timeZone",
      ${ratesColumns}, ${dateReadsColumns}
    FROM day d JOIN experience e ON e.id = d.experience_id LEFT JOIN experience_rates r ON r.experience_id = d.experience_id
      LEFT JOIN day_reads n ON n.experience_id = d.experience_id AND n.date = d.date
    WHERE d.date >= ${toDatabaseDate(first)}::date AND d.supplier = ANY(${[...suppliers]}) AND (${experienceIds}::int[] IS NULL OR d.experience_id = ANY(${experienceIds}))
      AND (d.experience_id, d.date) > (${after?.experienceId ?? 0}::int, ${toDatabaseDate(after?.date ?? first)}::date)
    ORDER BY d.experience_id, d.date LIMIT ${limit}`;
}

export interface DayPlan extends DayKey, Priority {
  /** The confirmation that it was computed from. A day confirmed since then keeps its newer plan. */
  readonly confirmedAt: Date | null;
}

/** Gives many days new priorities in one statement. Locks in one order, so that replicas don't deadlock. */
export function setPriorities(sql: Sql, plans: readonly DayPlan[]): Promise<number> {
  return sql.$executeRaw`
    WITH n AS (
      SELECT d.experience_id, d.date, n.interval_class, n.refresh_at, n.refresh_value
      FROM unnest(${plans.map((d) => d.experienceId)}::int[], ${plans.map((d) => toDatabaseDate(d.date))}::date[],
        ${plans.map((d) => d.confirmedAt)}::timestamptz[], ${plans.map((d) => d.intervalClass)}::smallint[],
        ${plans.map((d) => d.refreshAt)}::timestamptz[], ${plans.map((d) => d.refreshValue)}::float8[]) AS n(experience_id, date, confirmed_at, interval_class, refresh_at, refresh_value)
      JOIN day d ON d.experience_id = n.experience_id AND d.date = n.date
        AND d.confirmed_at IS NOT DISTINCT FROM n.confirmed_at
      ORDER BY d.experience_id, d.date FOR UPDATE OF d
    )
    UPDATE day d SET interval_class = n.interval_class,
      refresh_at = n.refresh_at, refresh_value = n.refresh_value FROM n
    WHERE d.experience_id = n.experience_id AND d.date = n.date`;
}

export interface DuePlan extends DayPlan {
  readonly staleAfter: Date | null;
  readonly dueAt: Date | null;
}

/** Gives many days new due times and priorities in one statement. Locks in the same order. */
export function setDueTimes(sql: Sql, plans: readonly DuePlan[]): Promise<number> {
  return sql.$executeRaw`
    WITH n AS (
      SELECT d.experience_id, d.date, n.stale_after, n.due_at, n.interval_class, n.refresh_at, n.refresh_value
      FROM unnest(${plans.map((d) => d.experienceId)}::int[], ${plans.map((d) => toDatabaseDate(d.date))}::date[],
        ${plans.map((d) => d.confirmedAt)}::timestamptz[], ${plans.map((d) => d.staleAfter)}::timestamptz[],
        ${plans.map((d) => d.dueAt)}::timestamptz[], ${plans.map((d) => d.intervalClass)}::smallint[],
        ${plans.map((d) => d.refreshAt)}::timestamptz[], ${plans.map((d) => d.refreshValue)}::float8[])
        AS n(experience_id, date, confirmed_at, stale_after, due_at, interval_class, refresh_at, refresh_value)
      JOIN day d ON d.experience_id = n.experience_id AND d.date = n.date
        AND d.confirmed_at IS NOT DISTINCT FROM n.confirmed_at
      ORDER BY d.experience_id, d.date FOR UPDATE OF d
    )
    UPDATE day d SET stale_after = n.stale_after, due_at = n.due_at, interval_class = n.interval_class,
      refresh_at = n.refresh_at, refresh_value = n.refresh_value FROM n
    WHERE d.experience_id = n.experience_id AND d.date = n.date`;
}

/** Days that nobody can book any more are worth no request. They still keep the max age of their tier. */
export function descheduleDays(sql: Sql, keys: readonly DayKey[]): Promise<number> {
  return sql.$executeRaw`
    UPDATE day d SET interval_class = NULL, refresh_at = NULL, refresh_value = NULL
    FROM unnest(${keys.map((key) => key.experienceId)}::int[], ${keys.map((key) => toDatabaseDate(key.date))}::date[])
      AS k(experience_id, date)
    WHERE d.experience_id = k.experience_id AND d.date = k.date`;
}
