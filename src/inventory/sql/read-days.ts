import type { ReadStatement } from '../../prisma/index.js';
import { epochMs, LAST_CHANGE } from './expressions.js';

/** A day of a range, or (without `day`) an experience that has none in it. Instants in epoch milliseconds. */
export interface StoredRangeDay {
  readonly id: number;
  readonly supplier: string;
  readonly timeZone: string | null;
  /** How many dates it lies behind the first one. */
  readonly day: number | null;
  /** Null: never confirmed. */
  readonly confirmedAt: number | null;
  readonly changedAt: number | null;
  readonly staleAfter: number | null;
  readonly dropped: number | null;
  readonly openSlots: number | null;
  readonly lastStart: string | null;
  readonly failure: string | null;
  readonly failingSince: number | null;
  /** See `parseShortSlots`. */
  readonly shortSlots: string | null;
  /** JSON text of the document, where it has slots and `shortSlots` is missing. */
  readonly slots: string | null;
  /** As calendars list it, and its summary after each closing. Only read for calendars. */
  readonly calendarEntry?: string | null;
  readonly closings?: string | null;
  /**
   * Of the first row: the place in the log of changes (`positionOf`) that was reached when the days were read. All changes before
   * it are in them. Not read for calendars.
   */
  readonly position?: string | null;
}

/** @param experiences a subquery of `e (id, supplier, time_zone, place)`; `$1` is the first date, `$2` the first one beyond */
const rangeText = (experiences: string, more = '') => `
  SELECT e.id, e.supplier, e.time_zone AS "timeZone", d.date - $1::date AS day,
    ${epochMs('d.confirmed_at')} AS "confirmedAt", ${epochMs('d.changed_at')} AS "changedAt",
    ${epochMs('d.stale_after')} AS "staleAfter", d.dropped_slots AS dropped, d.open_slots AS "openSlots",
    d.last_start AS "lastStart", coalesce(d.failure_kind, h.kind) AS failure,
    ${epochMs('coalesce(d.failing_since, h.failing_since)')} AS "failingSince", d.short_slots AS "shortSlots",
    CASE WHEN d.short_slots IS NULL AND d.slots::text <> '[]' THEN d.slots::text END AS slots${more}
  FROM (${experiences}) AS e
    LEFT JOIN day d ON d.experience_id = e.id AND d.date >= $1::date AND d.date < $2::date
    LEFT JOIN product_health h ON h.experience_id = e.id AND (h.held OR h.failures > 0 AND d.confirmed_at IS NOT NULL)
  ORDER BY e.id, d.date`;

/** From the same snapshot as the rows, so also a replica that lags says how far it is. Evaluated once. */
const POSITION = `, CASE WHEN e.place = 1 THEN (
    SELECT f.epoch || '.' || CASE WHEN (l.xid, l.id) > (f.kept_xid, f.kept_id) THEN l.xid || '.' || l.id
      ELSE f.kept_xid || '.' || f.kept_id END
    FROM change_feed f LEFT JOIN (${LAST_CHANGE}) AS l ON true) END AS position`;

/** $3: behind this id, $4: so many experiences. */
export const READ_DAYS_OF_ALL: ReadStatement = {
  name: 'read_days_of_all',
  text: rangeText(
    `SELECT id, supplier, time_zone, row_number() OVER (ORDER BY id) AS place
    FROM experience WHERE id > $3 ORDER BY id LIMIT $4`,
    POSITION,
  ),
};

const NAMED = `SELECT id, supplier, time_zone, row_number() OVER (ORDER BY id) AS place
    FROM unnest($3::int[]) AS n (id) JOIN experience USING (id)`;

/** $3: the experiences. */
export const READ_DAYS_OF_SOME: ReadStatement = { name: 'read_days_of_some', text: rangeText(NAMED, POSITION) };

/** The same, for calendars. */
export const READ_CALENDAR_DAYS: ReadStatement = {
  name: 'read_calendar_days',
  text: rangeText(NAMED, ', d.calendar_entry AS "calendarEntry", d.closings'),
};
