import { toDatabaseDate, type LocalDate } from '../../time/index.js';
import type { Sql } from '../../prisma/index.js';
import type { DayKey, DayTurn } from '../day-key.js';
import { ratesColumns, type RatesRow } from './rates-row.js';

/** What a plan is computed from. */
export interface PlannedRow extends RatesRow, DayTurn {
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
  /** Behind this day, by experience and then date; null: from the beginning. */
  readonly after: DayKey | null;
  /** Of these experiences; null: of all. */
  readonly experienceIds: readonly number[] | null;
  readonly limit: number;
}

/** The next days of a range. */
export function nextDays(sql: Sql, { first, after, experienceIds, limit }: DayRange): Promise<PlannedRow[]> {
  return sql.$queryRaw<PlannedRow[]>`
    SELECT d.experience_id AS "experienceId", d.date, d.confirmed_at AS "confirmedAt", d.fingerprint,
      d.last_start AS "lastStart", d.tempo, d.turn, e.time_zone AS "timeZone",
      ${ratesColumns}
    FROM day d JOIN experience e ON e.id = d.experience_id LEFT JOIN experience_rates r ON r.experience_id = d.experience_id
    WHERE d.date >= ${toDatabaseDate(first)}::date AND (${experienceIds}::int[] IS NULL OR d.experience_id = ANY(${experienceIds}))
      AND (d.experience_id, d.date) > (${after?.experienceId ?? 0}::int, ${toDatabaseDate(after?.date ?? first)}::date)
    ORDER BY d.experience_id, d.date LIMIT ${limit}`;
}

export interface DayPlan extends DayKey, DayTurn {
  /** What it was computed from; a day confirmed meanwhile keeps its newer plan. */
  readonly confirmedAt: Date | null;
}

/** Gives many days new places in the queue in one statement. Locks in one order, so that replicas don't deadlock. */
export function setTurns(sql: Sql, plans: readonly DayPlan[]): Promise<number> {
  return sql.$executeRaw`
    WITH n AS (
      SELECT d.experience_id, d.date, n.tempo, n.turn
      FROM unnest(${plans.map((d) => d.experienceId)}::int[], ${plans.map((d) => toDatabaseDate(d.date))}::date[],
        ${plans.map((d) => d.confirmedAt)}::timestamptz[], ${plans.map((d) => d.tempo)}::smallint[],
        ${plans.map((d) => d.turn)}::float8[]) AS n(experience_id, date, confirmed_at, tempo, turn)
      JOIN day d ON d.experience_id = n.experience_id AND d.date = n.date
        AND d.confirmed_at IS NOT DISTINCT FROM n.confirmed_at
      ORDER BY d.experience_id, d.date FOR UPDATE OF d
    )
    UPDATE day d SET tempo = n.tempo, turn = n.turn FROM n
    WHERE d.experience_id = n.experience_id AND d.date = n.date`;
}

export interface Deadline extends DayPlan {
  readonly staleAfter: Date | null;
  readonly dueAt: Date | null;
}

/** Gives many days new deadlines likewise. */
export function setDeadlines(sql: Sql, deadlines: readonly Deadline[]): Promise<number> {
  return sql.$executeRaw`
    WITH n AS (
      SELECT d.experience_id, d.date, n.stale_after, n.due_at, n.tempo, n.turn
      FROM unnest(${deadlines.map((d) => d.experienceId)}::int[], ${deadlines.map((d) => toDatabaseDate(d.date))}::date[],
        ${deadlines.map((d) => d.confirmedAt)}::timestamptz[], ${deadlines.map((d) => d.staleAfter)}::timestamptz[],
        ${deadlines.map((d) => d.dueAt)}::timestamptz[], ${deadlines.map((d) => d.tempo)}::smallint[],
        ${deadlines.map((d) => d.turn)}::float8[])
        AS n(experience_id, date, confirmed_at, stale_after, due_at, tempo, turn)
      JOIN day d ON d.experience_id = n.experience_id AND d.date = n.date
        AND d.confirmed_at IS NOT DISTINCT FROM n.confirmed_at
      ORDER BY d.experience_id, d.date FOR UPDATE OF d
    )
    UPDATE day d SET stale_after = n.stale_after, due_at = n.due_at, tempo = n.tempo, turn = n.turn FROM n
    WHERE d.experience_id = n.experience_id AND d.date = n.date`;
}

/** Days that nobody can book any more are worth no request; what their tier promises is kept. */
export function shelveDays(sql: Sql, keys: readonly DayKey[]): Promise<number> {
  return sql.$executeRaw`
    UPDATE day d SET turn = NULL
    FROM unnest(${keys.map((key) => key.experienceId)}::int[], ${keys.map((key) => toDatabaseDate(key.date))}::date[])
      AS k(experience_id, date)
    WHERE d.experience_id = k.experience_id AND d.date = k.date`;
}
