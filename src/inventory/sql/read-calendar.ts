import type { BatchStatement, Placed } from '../../prisma/index.js';
import { epochMs } from './expressions.js';

/** A calendar in the parts from which the response and its ETag are made. Instants in epoch milliseconds. */
export interface StoredCalendar extends Placed {
  readonly supplier: string;
  readonly timeZone: string | null;
  /** The local date and time. */
  readonly today: string;
  readonly time: string;
  /** Today's entry, if it is valid all day, and today's summary after each closing; null: nothing can be booked. */
  readonly entryOfToday: string | null;
  readonly closingsOfToday: string | null;
  /** The entries of the dates after today, separated by commas. */
  readonly entries: string;
  /** `"unknown":[…]` */
  readonly unknown: string;
  /** The oldest confirmation in it, and the earliest instant at which a day reaches its max age. */
  readonly asOf: number | null;
  readonly staleAfter: number | null;
  readonly changedAt: number | null;
  /** The latest confirmation in it. */
  readonly confirmedAt: number | null;
  /** No day of the window is unknown. */
  readonly complete: boolean;
  /** One of its days may have a trouble. */
  readonly suspect: boolean;
  /**
   * The dates past their max age whose requests fail, and those without an open slot but with unreadable slots. Quoted and
   * separated by commas; null: none.
   */
  readonly failingDates: string | null;
  /** The failure of the first of these dates: a `FailureKind` or `slot_dropped`. And the earliest beginning of them all. */
  readonly failure: string | null;
  readonly failingSince: number | null;
}

/**
 * The least value among the listed dates. If none is listed, the least among the others, because an empty calendar is an
 * answer too. Today does not count once nothing of it can be booked any more, because its age then matters to nobody.
 */
const oldest = (column: string) =>
  `coalesce(least(d.listed_${column}, CASE WHEN t.listed THEN t.${column} END), d.${column}, t.${column})`;

/** Dates that may have a trouble. */
const SUSPECT = 'failure_kind IS NOT NULL OR dropped_slots > 0';

/** The troubles of dates: past the max age while requests fail, or without an open slot but with unreadable slots. */
const TROUBLES = `
  SELECT string_agg('"' || to_char(date, 'YYYY-MM-DD') || '"', ',' ORDER BY date) AS dates,
    (array_agg(coalesce(late, 'slot_dropped') ORDER BY date))[1] AS failure,
    min(CASE WHEN late IS NULL THEN changed_at ELSE coalesce(failing_since, h.failing_since) END) AS since
  FROM (
    SELECT date, changed_at, failing_since, dropped_slots > 0 AND open_slots = 0 AS unreadable,
      CASE WHEN stale_after IS NULL OR stale_after <= k.now
        THEN coalesce(failure_kind, CASE WHEN h.held OR confirmed_at IS NOT NULL THEN h.kind END) END AS late
    FROM day
    WHERE experience_id = e.id AND date >= e.today AND date < e.today + k.days
  ) AS suspects
  WHERE late IS NOT NULL OR unreadable`;

/** The dates of the window that were never confirmed, or of which no slot could be read. */
const UNKNOWN = `
  coalesce((
    SELECT string_agg('"' || to_char(w.date, 'YYYY-MM-DD') || '"', ',' ORDER BY w.date)
    FROM (
      SELECT e.today + i AS date FROM generate_series(0, k.days - 1) AS i
      EXCEPT SELECT date FROM day
      WHERE experience_id = e.id AND date >= e.today AND date < e.today + k.days AND confirmed_at IS NOT NULL
        AND NOT (dropped_slots > 0 AND open_slots = 0)
    ) AS w
  ), '')`;

const NO_TROUBLES = 'SELECT NULL::text AS dates, NULL::text AS failure, NULL::timestamptz AS since';

/**
 * $1 experience, $2 now, $3 the default zone, $4 days of the window. One row for a known experience, none for an unknown one.
 * Reads only summaries, at most one per day of the window. So the cost does not depend on the number of slots.
 */
const calendarText = (unknown: string, troubles: string) => `
    SELECT k.place::int AS place, e.supplier, e.time_zone AS "timeZone", to_char(e.today, 'YYYY-MM-DD') AS today, e.time,
      t.calendar_entry AS "entryOfToday", t.closings AS "closingsOfToday", coalesce(d.entries, '') AS entries,
      '"unknown":[' || ${unknown} || ']' AS "unknown",
      ${epochMs(oldest('confirmed_at'))} AS "asOf", ${epochMs(oldest('stale_after'))} AS "staleAfter",
      ${epochMs('greatest(d.changed_at, t.changed_at)')} AS "changedAt",
      ${epochMs('greatest(d.latest, t.confirmed_at)')} AS "confirmedAt", d.known + t.known = k.days AS complete,
      d.suspect OR t.suspect OR h.kind IS NOT NULL AS suspect,
      w.dates AS "failingDates", w.failure, ${epochMs('w.since')} AS "failingSince"
    FROM unnest($1::int[], $2::timestamptz[], $3::text[], $4::int[]) WITH ORDINALITY AS k (experience_id, now, zone, days, place)
    JOIN LATERAL (
      SELECT id, supplier, time_zone, (k.now AT TIME ZONE coalesce(time_zone, k.zone))::date AS today,
        to_char(k.now AT TIME ZONE coalesce(time_zone, k.zone), 'HH24:MI') AS time
      FROM experience WHERE id = k.experience_id
    ) AS e ON true
    LEFT JOIN product_health h ON h.experience_id = k.experience_id AND (h.held OR h.failures > 0)
    CROSS JOIN LATERAL (
      SELECT string_agg(calendar_entry, ',' ORDER BY date) AS entries, count(confirmed_at) AS known,
        min(confirmed_at) FILTER (WHERE calendar_entry IS NOT NULL) AS listed_confirmed_at,
        min(stale_after) FILTER (WHERE calendar_entry IS NOT NULL) AS listed_stale_after,
        min(confirmed_at) AS confirmed_at, min(stale_after) AS stale_after,
        max(changed_at) AS changed_at, max(confirmed_at) AS latest, coalesce(bool_or(${SUSPECT}), false) AS suspect
      FROM day WHERE experience_id = e.id AND date > e.today AND date < e.today + k.days
    ) AS d
    CROSS JOIN LATERAL (
      SELECT max(calendar_entry) AS calendar_entry, max(closings) AS closings, count(confirmed_at) AS known,
        max(confirmed_at) AS confirmed_at, max(stale_after) AS stale_after, max(changed_at) AS changed_at,
        coalesce(bool_or(${SUSPECT}), false) AS suspect,
        bool_or(calendar_entry IS NOT NULL AND coalesce(closings::json -> -1 ->> 0, '24:00') > e.time) AS listed
      FROM day WHERE experience_id = e.id AND date = e.today
    ) AS t
    CROSS JOIN LATERAL (${troubles}) AS w`;

/** Complete if the whole window is known and nothing is suspect, which is nearly always so. */
export const READ_CALENDAR: BatchStatement = { name: 'read_calendar', text: calendarText(`''`, NO_TROUBLES) };

/** The same with the unknown dates and the troubles, which takes 1.5 times as long. */
export const READ_WHOLE_CALENDAR: BatchStatement = {
  name: 'read_whole_calendar',
  text: calendarText(UNKNOWN, TROUBLES),
};
