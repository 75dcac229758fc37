import type { BatchStatement, Placed } from '../../prisma/index.js';
import type { LocalDate } from '../../time/index.js';
import type { Slot } from '../slot.js';

/** The known days of a span of dates, and what tells whether the days of the window are the same as before. */
export interface StoredSpan extends Placed {
  readonly supplier: string;
  readonly name: string | null;
  readonly timeZone: string | null;
  /** The local date. */
  readonly today: LocalDate;
  /** The sum of the versions of the days of the window: it grows with each change. */
  readonly versions: number;
  /** How many days of the window are known. */
  readonly known: number;
  /** The latest confirmation in the window, epoch milliseconds; null: none. */
  readonly confirmedAt: number | null;
  /** JSON text of `SpanDay`s, by date, separated by commas. Dates outside of the window are left out. */
  readonly days: string;
}

/** A known day of a span. Instants in epoch milliseconds. */
export interface SpanDay {
  readonly date: LocalDate;
  readonly confirmedAt: number;
  readonly staleAfter: number | null;
  readonly slots: readonly Slot[];
}

const ms = (column: string) => `coalesce((extract(epoch FROM ${column}) * 1000)::bigint::text, 'null')`;

/**
 * $1 experience, $2 now, $3 the default zone, $4 days of the window, $5 and $6 the first and the last date. One row for a known
 * experience, none for an unknown one.
 */
export const READ_SPAN: BatchStatement = {
  name: 'read_span',
  text: `
    SELECT k.place::int AS place, e.supplier, e.name, e.time_zone AS "timeZone", to_char(e.today, 'YYYY-MM-DD') AS today,
      w.versions, w.known, (extract(epoch FROM w.latest) * 1000)::float8 AS "confirmedAt", coalesce(d.days, '') AS days
    FROM unnest($1::int[], $2::timestamptz[], $3::text[], $4::int[], $5::date[], $6::date[])
      WITH ORDINALITY AS k (experience_id, now, zone, days, first, last, place)
    JOIN LATERAL (
      SELECT id, supplier, name, time_zone, (k.now AT TIME ZONE coalesce(time_zone, k.zone))::date AS today
      FROM experience WHERE id = k.experience_id
    ) AS e ON true
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(version), 0)::float8 AS versions, count(confirmed_at)::int AS known, max(confirmed_at) AS latest
      FROM day WHERE experience_id = e.id AND date >= e.today AND date < e.today + k.days
    ) AS w
    CROSS JOIN LATERAL (
      SELECT string_agg('{"date":"' || to_char(date, 'YYYY-MM-DD') || '","confirmedAt":' || ${ms('confirmed_at')} ||
        ',"staleAfter":' || ${ms('stale_after')} || ',"slots":' || slots::text || '}', ',' ORDER BY date) AS days
      FROM day
      WHERE experience_id = e.id AND date BETWEEN greatest(k.first, e.today) AND least(k.last, e.today + k.days - 1)
        AND confirmed_at IS NOT NULL
    ) AS d`,
};
