import { fingerprintOf, type CalendarDay, type CalendarRow } from '../inventory/index.js';
import type { FreshAnswer } from '../http/index.js';
import { addDays, datesFrom, fromDatabaseDate, type LocalDate } from '../time/index.js';

export interface CalendarWindow {
  /** Today, where the experience is. */
  readonly from: LocalDate;
  readonly days: number;
}

/** `GET …/dates`: the bookable dates of the window with the cheapest open slot's price each. */
export function calendarAnswer(
  experienceId: number,
  window: CalendarWindow,
  rows: readonly CalendarRow[],
): FreshAnswer {
  const to = addDays(window.from, window.days);
  const confirmed = new Map<LocalDate, CalendarDay>();
  for (const row of rows) if (row.date) confirmed.set(fromDatabaseDate(row.date), row);
  const dates = datesFrom(window.from, window.days);
  const known = dates.flatMap((date) => confirmed.get(date) ?? []);
  const open = known.filter((day) => day.openSlots > 0);
  // The dates that are not listed are an answer too: with none listed, it is theirs.
  const { asOf, staleAfter, changedAt } = freshnessOf(open.length > 0 ? open : known, known);
  const unknown = dates.filter((date) => !confirmed.has(date));
  const head = `"id":${experienceId},"from":"${window.from}","to":"${to}"`;
  const content = `"dates":[${open.map(dateJson).join()}],"unknown":${JSON.stringify(unknown)}`;
  return {
    body: `{${head},"asOf":${instantJson(asOf)},"staleAfter":${instantJson(staleAfter)},${content}}`,
    tag: fingerprintOf(head + content),
    staleAfter,
    changedAt,
    complete: unknown.length === 0,
  };
}

function freshnessOf(days: readonly CalendarDay[], all: readonly CalendarDay[]) {
  return {
    asOf: earliest(days.map((day) => day.confirmedAt)),
    staleAfter: earliest(days.map((day) => day.staleAfter)),
    changedAt: latest(all.map((day) => day.changedAt)),
  };
}

/** Money is written as the decimal text that the database holds. */
function dateJson(day: CalendarDay): string {
  const price =
    `{"finalPrice":${day.finalPrice},"originalPrice":${day.originalPrice},"discount":${day.discount},` +
    `"currencyCode":"${day.currencyCode}"}`;
  return `{"date":"${fromDatabaseDate(day.date)}","price":${price},"remaining":${day.remaining},"slots":${day.openSlots}}`;
}

export function instantJson(instant: Date | null): string {
  return instant ? `"${instant.toISOString()}"` : 'null';
}

function earliest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((best, instant) => (best && best <= instant ? best : instant), null);
}

function latest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((best, instant) => (best && best >= instant ? best : instant), null);
}
