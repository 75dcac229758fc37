import type { PreparedStatement } from '../../prisma/index.js';
import { epochMs, instantText } from './instants.js';

/** A calendar as it is served, in the parts that its ETag tells apart. Instants in epoch milliseconds. */
export interface StoredCalendar {
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

const PRICE = `'{"finalPrice":' || d.final_price || ',"originalPrice":' || d.original_price || ',"discount":' || d.discount
        || ',"currencyCode":' || to_json(d.currency_code) || '}'`;

/** Of the dates that are listed; with none listed, of those that are not: they are an answer too. */
const oldest = (column: string) => `coalesce(min(${column}) FILTER (WHERE d.open_slots > 0), min(${column}))`;

/**
 * $1 experience, $2 now, $3 zone of experiences that have none, $4 days of the window. One row for a known experience, none
 * for an unknown one. Reads summaries only, at most one a day of the window: the cost does not depend on the number of slots.
 */
export const READ_CALENDAR: PreparedStatement = {
  name: 'read_calendar',
  text: `
    WITH e AS (
      SELECT id, time_zone, ($2::timestamptz AT TIME ZONE coalesce(time_zone, $3::text))::date AS today
      FROM experience WHERE id = $1::int
    )
    SELECT e.time_zone AS "timeZone",
      '"id":' || e.id || ',"from":"' || to_char(e.today, 'YYYY-MM-DD') || '","to":"' || to_char(e.today + $4::int, 'YYYY-MM-DD') || '"' AS head,
      '"asOf":' || ${instantText(oldest('d.confirmed_at'))} || ',"staleAfter":' || ${instantText(oldest('d.stale_after'))} AS freshness,
      '"dates":[' || coalesce(string_agg('{"date":"' || to_char(d.date, 'YYYY-MM-DD') || '","price":' || ${PRICE} || ',"remaining":' || d.remaining
        || ',"slots":' || d.open_slots || '}', ',' ORDER BY d.date) FILTER (WHERE d.open_slots > 0), '') || '],"unknown":['
        || CASE WHEN count(d.date) = $4::int THEN '' ELSE coalesce((
          SELECT string_agg('"' || to_char(w.date, 'YYYY-MM-DD') || '"', ',' ORDER BY w.date)
          FROM (SELECT e.today + i AS date FROM generate_series(0, $4::int - 1) AS i) AS w
          WHERE NOT EXISTS (SELECT FROM day k WHERE k.experience_id = e.id AND k.date = w.date AND k.confirmed_at IS NOT NULL)
        ), '') END || ']' AS content,
      ${epochMs(oldest('d.stale_after'))} AS "staleAfter", ${epochMs('max(d.changed_at)')} AS "changedAt",
      ${epochMs('max(d.confirmed_at)')} AS "confirmedAt", count(d.date) = $4::int AS complete
    FROM e LEFT JOIN day d ON d.experience_id = e.id AND d.confirmed_at IS NOT NULL
      AND d.date >= e.today AND d.date < e.today + $4::int
    GROUP BY e.id, e.time_zone, e.today`,
};
