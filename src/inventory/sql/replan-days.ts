import { toDatabaseDate, type LocalDate } from '../../time/index.js';
import type { Sql } from '../../prisma/index.js';
import type { DayKey } from '../day-key.js';

/** What a deadline is computed from. */
export interface PlannedRow {
  readonly experienceId: number;
  readonly date: Date;
  readonly confirmedAt: Date | null;
  readonly timeZone: string | null;
}

/** The next `limit` days from `first` on behind `after` (by experience, then date). */
export function nextDays(sql: Sql, first: LocalDate, after: DayKey | null, limit: number): Promise<PlannedRow[]> {
  return sql.$queryRaw<PlannedRow[]>`
    SELECT d.experience_id AS "experienceId", d.date, d.confirmed_at AS "confirmedAt", e.time_zone AS "timeZone"
    FROM day d JOIN experience e ON e.id = d.experience_id
    WHERE d.date >= ${toDatabaseDate(first)}::date
      AND (d.experience_id, d.date) > (${after?.experienceId ?? 0}::int, ${toDatabaseDate(after?.date ?? first)}::date)
    ORDER BY d.experience_id, d.date LIMIT ${limit}`;
}

export interface Deadline extends DayKey {
  /** What the deadline was computed from; a day confirmed meanwhile keeps its newer one. */
  readonly confirmedAt: Date | null;
  readonly staleAfter: Date | null;
  readonly dueAt: Date | null;
}

/** Gives many days new deadlines in one statement. Locks in one order, so that replicas don't deadlock. */
export function setDeadlines(sql: Sql, deadlines: readonly Deadline[]): Promise<number> {
  return sql.$executeRaw`
    WITH n AS (
      SELECT d.experience_id, d.date, n.stale_after, n.due_at
      FROM unnest(${deadlines.map((d) => d.experienceId)}::int[], ${deadlines.map((d) => toDatabaseDate(d.date))}::date[],
        ${deadlines.map((d) => d.confirmedAt)}::timestamptz[], ${deadlines.map((d) => d.staleAfter)}::timestamptz[],
        ${deadlines.map((d) => d.dueAt)}::timestamptz[]) AS n(experience_id, date, confirmed_at, stale_after, due_at)
      JOIN day d ON d.experience_id = n.experience_id AND d.date = n.date
        AND d.confirmed_at IS NOT DISTINCT FROM n.confirmed_at
      ORDER BY d.experience_id, d.date FOR UPDATE OF d
    )
    UPDATE day d SET stale_after = n.stale_after, due_at = n.due_at FROM n
    WHERE d.experience_id = n.experience_id AND d.date = n.date`;
}
