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
 */
export function readCalendar(sql: Sql, experienceId: number, from: LocalDate, to: LocalDate): Promise<CalendarRow[]> {
  return sql.$queryRaw<CalendarRow[]>`
    SELECT e.time_zone AS "timeZone", d.date, d.open_slots AS "openSlots", d.remaining,
      d.final_price::text AS "finalPrice", d.original_price::text AS "originalPrice", d.discount::text AS discount,
      d.currency_code AS "currencyCode", d.confirmed_at AS "confirmedAt", d.changed_at AS "changedAt",
      d.stale_after AS "staleAfter"
    FROM experience e
    LEFT JOIN day d ON d.experience_id = e.id AND d.confirmed_at IS NOT NULL
      AND d.date >= ${toDatabaseDate(from)}::date AND d.date < ${toDatabaseDate(to)}::date
    WHERE e.id = ${experienceId}
    ORDER BY d.date`;
}
