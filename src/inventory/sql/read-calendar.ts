import { toDatabaseDate, type LocalDate } from '../../time/index.js';
import type { Sql } from '../../prisma/index.js';

/** A day's summary. Money is decimal text; null when no slot is open. */
export interface CalendarDay {
  readonly date: Date;
  readonly openSlots: number;
  readonly remaining: bigint;
  readonly finalPrice: string | null;
  readonly originalPrice: string | null;
  readonly discount: string | null;
  readonly currencyCode: string | null;
  readonly confirmedAt: Date;
  readonly changedAt: Date;
  readonly staleAfter: Date;
}

export type CalendarRow = { readonly timeZone: string | null } & (CalendarDay | { readonly date: null });

/**
 * The confirmed days from `from` up to and without `to`, by date; for a known experience without any, one row whose date
 * is null; none for an unknown experience. Reads summaries only: the cost does not depend on the number of slots.
 *
 * The days come as one text, a line a day: the client's mapping of 60 rows of ten columns costs more than reading them
 * out of a text.
 */
export async function readCalendar(
  sql: Sql,
  experienceId: number,
  from: LocalDate,
  to: LocalDate,
): Promise<CalendarRow[]> {
  const [found] = await sql.$queryRaw<{ timeZone: string | null; days: string | null }[]>`
    SELECT e.time_zone AS "timeZone", (
      SELECT string_agg(concat(to_char(d.date, 'YYYY-MM-DD'), '|', d.open_slots, '|', d.remaining, '|',
        d.final_price, '|', d.original_price, '|', d.discount, '|', d.currency_code, '|',
        (extract(epoch FROM d.confirmed_at) * 1000)::bigint, '|', (extract(epoch FROM d.changed_at) * 1000)::bigint, '|',
        (extract(epoch FROM d.stale_after) * 1000)::bigint), E'\n' ORDER BY d.date)
      FROM day d
      WHERE d.experience_id = e.id AND d.confirmed_at IS NOT NULL
        AND d.date >= ${toDatabaseDate(from)}::date AND d.date < ${toDatabaseDate(to)}::date
    ) AS days
    FROM experience e
    WHERE e.id = ${experienceId}`;
  if (!found) return [];
  const { timeZone, days } = found;
  if (days === null) return [{ timeZone, date: null }];
  return days.split('\n').map((line) => ({ timeZone, ...parseDay(line.split('|')) }));
}

function parseDay(fields: readonly string[]): CalendarDay {
  const [date = '', openSlots, remaining = '', finalPrice, originalPrice, discount, currencyCode, ...instants] = fields;
  const [confirmedAt, changedAt, staleAfter] = instants.map((ms) => new Date(Number(ms)));
  return {
    date: new Date(date),
    openSlots: Number(openSlots),
    remaining: BigInt(remaining),
    finalPrice: finalPrice || null,
    originalPrice: originalPrice || null,
    discount: discount || null,
    currencyCode: currencyCode || null,
    confirmedAt: confirmedAt ?? NEVER,
    changedAt: changedAt ?? NEVER,
    staleAfter: staleAfter ?? NEVER,
  };
}

/** Stands where a line has fewer fields than the statement writes: never. */
const NEVER = new Date(NaN);
