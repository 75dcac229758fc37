import { fragment, type Sql } from '../../prisma/index.js';
import { toDatabaseDate, type LocalDate } from '../../time/index.js';
import { tellDay } from './tell-day.js';

/** The furthest that each kind of instant can lie ahead. */
export interface DayBounds {
  readonly now: Date;
  /** Of what has happened: now, and a little more for clocks that differ. */
  readonly past: Date;
  readonly leased: Date;
  /** Of days before `windowEnd`; those behind it are due when they come into the window. */
  readonly due: Date;
  readonly windowEnd: LocalDate;
}

/**
 * Days with instants that lie further ahead than anything sets them (a clock ran ahead, or a backup was restored): what
 * has happened has happened by now, and how long ago is unknown, so they are asked for again. Reads the whole table.
 */
export async function clampDays(sql: Sql, { now, past, leased, due, windowEnd }: DayBounds): Promise<number> {
  const happened = fragment`(confirmed_at > ${past} OR failed_at > ${past} OR empty_seen_at > ${past})`;
  const tooLate = fragment`due_at > CASE WHEN date < ${toDatabaseDate(windowEnd)}::date THEN ${due}::timestamptz ELSE date + 2 END`;
  const rows = await sql.$queryRaw<unknown[]>`
    WITH clamped AS (
      UPDATE day SET
        confirmed_at = least(confirmed_at, ${now}), changed_at = least(changed_at, ${now}),
        stale_after = CASE WHEN confirmed_at > ${past} THEN ${now}::timestamptz ELSE stale_after END,
        due_at = CASE WHEN due_at IS NOT NULL AND (${happened} OR ${tooLate}) THEN ${now}::timestamptz ELSE due_at END,
        turn = CASE WHEN confirmed_at > ${past} AND turn > 0 THEN extract(epoch FROM ${now}::timestamptz) * 1000 ELSE turn END,
        leased_until = CASE WHEN leased_until > ${leased} THEN NULL ELSE leased_until END,
        failed_at = least(failed_at, ${now}), failing_since = least(failing_since, ${now}),
        empty_seen_at = least(empty_seen_at, ${now}), wanted_at = least(wanted_at, ${now})
      WHERE ${happened} OR ${tooLate} OR changed_at > ${past} OR leased_until > ${leased} OR failing_since > ${past}
        OR wanted_at > ${past}
      RETURNING experience_id, date, version, confirmed_at
    )
    SELECT CASE WHEN confirmed_at IS NOT NULL THEN ${tellDay} END FROM clamped`;
  return rows.length;
}
