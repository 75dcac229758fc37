import type { BatchStatement, Placed } from '../../prisma/index.js';
import { epochMs, instantText } from './instants.js';

/** A calendar as it is served, in the parts that its ETag tells apart. Instants in epoch milliseconds. */
export interface StoredCalendar extends Placed {
  readonly timeZone: string | null;
  /** JSON members: `"id":…,"from":…,"to":…` */
  readonly head: string;
  /** `"asOf":…,"staleAfter":…` */
  readonly freshness: string;
  /** `"dates":[…],"unknown":[…]` */
  readonly content: string;
  readonly staleAfter: number | null;
  readonly changedAt: number | null;
  /** The latest confirmation in it. */
  readonly confirmedAt: number | null;
  /** No day of the window is unknown. */
  readonly complete: boolean;
}

/** Of the dates that are listed; with none listed, of those that are not: they are an answer too. */
const oldest = (column: string) => `coalesce(min(${column}) FILTER (WHERE calendar_entry IS NOT NULL), min(${column}))`;

/**
 * $1 experience, $2 now, $3 zone of experiences that have none, $4 days of the window. One row for a known experience, none
 * for an unknown one. Reads summaries only, at most one a day of the window: the cost does not depend on the number of slots.
 */
export const READ_CALENDAR: BatchStatement = {
  name: 'read_calendar',
  text: `
    SELECT k.place::int AS place, e.time_zone AS "timeZone",
      '"id":' || e.id || ',"from":"' || to_char(e.today, 'YYYY-MM-DD') || '","to":"' || to_char(e.today + k.days, 'YYYY-MM-DD') || '"' AS head,
      '"asOf":' || ${instantText('d.oldest')} || ',"staleAfter":' || ${instantText('d.first_stale')} AS freshness,
      '"dates":[' || coalesce(d.entries, '') || '],"unknown":[' || CASE WHEN d.known = k.days THEN '' ELSE coalesce((
          SELECT string_agg('"' || to_char(w.date, 'YYYY-MM-DD') || '"', ',' ORDER BY w.date)
          FROM (
            SELECT e.today + i AS date FROM generate_series(0, k.days - 1) AS i
            EXCEPT SELECT date FROM day
            WHERE experience_id = e.id AND date >= e.today AND date < e.today + k.days AND confirmed_at IS NOT NULL
          ) AS w
        ), '') END || ']' AS content,
      ${epochMs('d.first_stale')} AS "staleAfter", ${epochMs('d.changed_at')} AS "changedAt",
      ${epochMs('d.confirmed_at')} AS "confirmedAt", d.known = k.days AS complete
    FROM unnest($1::int[], $2::timestamptz[], $3::text[], $4::int[]) WITH ORDINALITY AS k (experience_id, now, zone, days, place)
    JOIN LATERAL (
      SELECT id, time_zone, (k.now AT TIME ZONE coalesce(time_zone, k.zone))::date AS today
      FROM experience WHERE id = k.experience_id
    ) AS e ON true CROSS JOIN LATERAL (
      SELECT string_agg(calendar_entry, ',' ORDER BY date) AS entries, count(*) AS known,
        ${oldest('confirmed_at')} AS oldest, ${oldest('stale_after')} AS first_stale,
        max(changed_at) AS changed_at, max(confirmed_at) AS confirmed_at
      FROM day
      WHERE experience_id = e.id AND date >= e.today AND date < e.today + k.days AND confirmed_at IS NOT NULL
    ) AS d`,
};
