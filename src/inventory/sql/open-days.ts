import { toDatabaseDate, type LocalDate } from '../../time/index.js';
import type { Sql } from '../../prisma/index.js';
import type { DayTurn } from '../day-key.js';

/** A date to be mirrored, and when it is to be asked for first. */
export interface DayOpening {
  readonly date: LocalDate;
  readonly dueAt: Date;
  readonly place: DayTurn;
}

/**
 * Adds the days that these experiences lack. What is there stays as it is; only a day that was never asked for, and
 * that nobody meant to ask for any more (the window was smaller for a while), gets its turn. One statement, however many.
 */
export function openDays(sql: Sql, experienceIds: readonly number[], openings: readonly DayOpening[]): Promise<number> {
  return sql.$executeRaw`
    INSERT INTO day (experience_id, date, due_at, tempo, turn)
    SELECT e.id, o.date, o.due_at, o.tempo, o.turn
    FROM experience e
    CROSS JOIN unnest(${openings.map((o) => toDatabaseDate(o.date))}::date[],
                      ${openings.map((o) => o.dueAt)}::timestamptz[],
                      ${openings.map((o) => o.place.tempo)}::smallint[],
                      ${openings.map((o) => o.place.turn)}::float8[]) AS o(date, due_at, tempo, turn)
    WHERE e.id = ANY(${experienceIds})
    ORDER BY e.id, o.date
    ON CONFLICT (experience_id, date) DO UPDATE SET due_at = excluded.due_at, tempo = excluded.tempo, turn = excluded.turn
      WHERE day.due_at IS NULL AND day.confirmed_at IS NULL`;
}
