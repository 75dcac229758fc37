import type { Sql } from '../../../prisma/index.js';
import { fragment } from '../../../prisma/index.js';
import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import { whetherClaimable } from './whether-claimable.js';

/** The latest possible value of each kind of instant. */
export interface DayBounds {
  readonly now: Date;
  /** For past events: now, plus the tolerance for clocks that differ. */
  readonly past: Date;
  readonly leased: Date;
  /** For days before `windowEnd`. Later days are due when they enter the window. */
  readonly due: Date;
  readonly windowEnd: LocalDate;
}

const happenedAfter = (past: Date) =>
  fragment`(confirmed_at > ${past} OR failed_at > ${past} OR empty_seen_at > ${past})`;
const dueTooLate = ({ due, windowEnd }: DayBounds) =>
  fragment`due_at > CASE WHEN date < ${toDatabaseDate(windowEnd)}::date THEN ${due}::timestamptz ELSE date + 2 END`;

/**
 * Whether an instant lies further ahead than any rule sets it, as the ends of the indexes say. What it does not see (the due time of a
 * day that was never confirmed) delays nothing.
 */
export async function hasDaysAhead(sql: Sql, bounds: DayBounds): Promise<boolean> {
  const { past, leased, due } = bounds;
  const tooLate = dueTooLate(bounds);
  const sound = fragment`attempts = 0 AND empty_seen_at IS NULL`;
  const ofKnown = fragment`known JOIN day USING (supplier) WHERE ${whetherClaimable}`;
  const [row] = await sql.$queryRaw<{ ahead: boolean }[]>`
    WITH known AS MATERIALIZED (SELECT supplier FROM day_tally UNION SELECT supplier FROM day_tally_change)
    SELECT EXISTS (SELECT FROM ${ofKnown} AND confirmed_at > ${past} AND due_at IS NOT NULL AND ${sound})
      OR EXISTS (SELECT FROM known JOIN day USING (supplier) WHERE stale_after > ${past} AND due_at IS NULL AND confirmed_at > ${past})
      OR EXISTS (SELECT FROM ${ofKnown} AND due_at > ${due} AND ${tooLate} AND confirmed_at IS NOT NULL AND ${sound})
      OR EXISTS (SELECT FROM ${ofKnown} AND (attempts > 0 OR empty_seen_at IS NOT NULL)
        AND (${happenedAfter(past)} OR ${tooLate} OR failing_since > ${past}))
      OR EXISTS (SELECT FROM day_lease JOIN day USING (experience_id, date) WHERE leased_until > ${leased})
      OR EXISTS (SELECT FROM ${ofKnown} AND requested_at > ${past})
      OR EXISTS (SELECT FROM ${ofKnown} AND hinted_at > ${past}) AS ahead`;
  return row?.ahead ?? false;
}

/**
 * Corrects scheduling instants that lie further ahead than any rule sets them (a clock was ahead, or a backup was restored).
 * How long ago these days were confirmed is unknown, so they are due now. Reads the whole table. Must run before the
 * confirmations are corrected, because these identify the days.
 */
export function clampDays(sql: Sql, bounds: DayBounds): Promise<number> {
  const { now, past, leased } = bounds;
  const happened = happenedAfter(past);
  const tooLate = dueTooLate(bounds);
  return sql.$executeRaw`
    UPDATE day SET
      stale_after = CASE WHEN confirmed_at > ${past} THEN ${now}::timestamptz ELSE stale_after END,
      due_at = CASE WHEN due_at IS NOT NULL AND (${happened} OR ${tooLate}) THEN ${now}::timestamptz ELSE due_at END,
      refresh_at = CASE WHEN confirmed_at > ${past} AND refresh_at IS NOT NULL THEN ${now}::timestamptz ELSE refresh_at END,
      leased_until = CASE WHEN leased_until > ${leased} THEN NULL ELSE leased_until END,
      failed_at = least(failed_at, ${now}), failing_since = least(failing_since, ${now}),
      empty_seen_at = least(empty_seen_at, ${now}), requested_at = least(requested_at, ${now}),
      hinted_at = least(hinted_at, ${now})
    WHERE ${happened} OR ${tooLate} OR changed_at > ${past} OR leased_until > ${leased} OR failing_since > ${past}
      OR requested_at > ${past} OR hinted_at > ${past}`;
}
