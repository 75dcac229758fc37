import type { BatchStatement, Placed } from '../../prisma/index.js';
import { answeredFailure, epochMs, instantText } from './expressions.js';

/** A calendar in the parts that it is served from, and that its ETag tells apart. Instants in epoch milliseconds. */
export interface StoredCalendar extends Placed {
  readonly timeZone: string | null;
  /** The date and the time there. */
  readonly today: string;
  readonly time: string;
  /** JSON members: `"id":…,"from":…,"to":…` */
  readonly head: string;
  /** `"asOf":…,"staleAfter":…` */
  readonly freshness: string;
  /** Today's entry where it holds all day, and its summaries one closing after the other; null: nothing can be booked. */
  readonly entryOfToday: string | null;
  readonly closingsOfToday: string | null;
  /** The entries of the dates behind today, separated by commas. */
  readonly entries: string;
  /** `"unknown":[…]` */
  readonly unknown: string;
  readonly staleAfter: number | null;
  readonly changedAt: number | null;
  /** The latest confirmation in it. */
  readonly confirmedAt: number | null;
  /** No day of the window is unknown. */
  readonly complete: boolean;
  /**
   * The dates older than promised whose requests fail, and those without an open slot of which some could not be read, quoted
   * and separated by commas; null: none.
   */
  readonly failingDates: string | null;
  /** Of the first of them: a `FailureKind` or `slot_dropped`. And since when, of all. */
  readonly failure: string | null;
  readonly failingSince: number | null;
}

/**
 * Of the dates that are listed; with none listed, of those that are not: they are an answer too. Today is neither once
 * nothing of it can be booked any more: nobody asks how old it is.
 */
const oldest = (column: string) =>
  `coalesce(min(${column}) FILTER (WHERE listed), min(${column}) FILTER (WHERE date > e.today), min(${column}))`;

/**
 * $1 experience, $2 now, $3 zone of experiences that have none, $4 days of the window. One row for a known experience, none
 * for an unknown one. Reads summaries only, at most one a day of the window: the cost does not depend on the number of slots.
 */
export const READ_CALENDAR: BatchStatement = {
  name: 'read_calendar',
  text: `
    SELECT k.place::int AS place, e.time_zone AS "timeZone", to_char(e.today, 'YYYY-MM-DD') AS today, e.time,
      '"id":' || e.id || ',"from":"' || to_char(e.today, 'YYYY-MM-DD') || '","to":"' || to_char(e.today + k.days, 'YYYY-MM-DD') || '"' AS head,
      '"asOf":' || ${instantText('d.oldest')} || ',"staleAfter":' || ${instantText('d.first_stale')} AS freshness,
      d.entry_of_today AS "entryOfToday", d.closings_of_today AS "closingsOfToday", coalesce(d.entries, '') AS entries,
      '"unknown":[' || CASE WHEN d.known = k.days THEN '' ELSE coalesce((
          SELECT string_agg('"' || to_char(w.date, 'YYYY-MM-DD') || '"', ',' ORDER BY w.date)
          FROM (
            SELECT e.today + i AS date FROM generate_series(0, k.days - 1) AS i
            EXCEPT SELECT date FROM day
            WHERE experience_id = e.id AND date >= e.today AND date < e.today + k.days AND confirmed_at IS NOT NULL
          ) AS w
        ), '') END || ']' AS "unknown",
      ${epochMs('d.first_stale')} AS "staleAfter", ${epochMs('d.changed_at')} AS "changedAt",
      ${epochMs('d.confirmed_at')} AS "confirmedAt", d.known = k.days AS complete,
      d.failing_dates AS "failingDates", d.failure, ${epochMs('d.failing_since')} AS "failingSince"
    FROM unnest($1::int[], $2::timestamptz[], $3::text[], $4::int[]) WITH ORDINALITY AS k (experience_id, now, zone, days, place)
    JOIN LATERAL (
      SELECT id, time_zone, (k.now AT TIME ZONE coalesce(time_zone, k.zone))::date AS today,
        to_char(k.now AT TIME ZONE coalesce(time_zone, k.zone), 'HH24:MI') AS time
      FROM experience WHERE id = k.experience_id
    ) AS e ON true
    LEFT JOIN product_health h ON h.experience_id = k.experience_id AND h.held
    CROSS JOIN LATERAL (
      SELECT max(calendar_entry) FILTER (WHERE date = e.today) AS entry_of_today,
        max(closings) FILTER (WHERE date = e.today) AS closings_of_today,
        string_agg(calendar_entry, ',' ORDER BY date) FILTER (WHERE date > e.today) AS entries,
        count(confirmed_at) AS known,
        ${oldest('confirmed_at')} AS oldest, ${oldest('stale_after')} AS first_stale,
        max(changed_at) AS changed_at, max(confirmed_at) AS confirmed_at,
        string_agg('"' || to_char(date, 'YYYY-MM-DD') || '"', ',' ORDER BY date) FILTER (WHERE failing) AS failing_dates,
        (array_agg(failure ORDER BY date) FILTER (WHERE failing))[1] AS failure,
        min(trouble_since) FILTER (WHERE failing) AS failing_since
      FROM (
        SELECT date, calendar_entry, closings, confirmed_at, changed_at, stale_after,
          calendar_entry IS NOT NULL AND (date > e.today OR coalesce(closings::json -> -1 ->> 0, '24:00') > e.time) AS listed,
          trouble IS NOT NULL OR unreadable AS failing,
          CASE WHEN trouble IS NULL AND unreadable THEN 'slot_dropped' ELSE trouble END AS failure,
          CASE WHEN trouble IS NULL AND unreadable THEN confirmed_at ELSE coalesce(failing_since, h.failing_since) END AS trouble_since
        FROM day CROSS JOIN LATERAL (
          SELECT CASE WHEN stale_after IS NULL OR stale_after <= k.now
              THEN coalesce(${answeredFailure('failure_kind')}, h.kind) END AS trouble,
            dropped_slots > 0 AND open_slots = 0 AS unreadable
        ) AS state
        WHERE experience_id = e.id AND date >= e.today AND date < e.today + k.days
      ) AS windowed
    ) AS d`,
};
