import {
  fitDay,
  NO_SLOTS,
  parseShortSlots,
  primaryPrice,
  shortSlots,
  slotName,
  totalText,
  type DayFit,
  type DayState,
  type PreparedParty,
} from '../../inventory/index.js';
import type { ShortSlots, Slot, StoredRangeDay } from '../../inventory/index.js';
import type { LocalDate } from '../../time/index.js';
import { degradedDay } from '../degraded.js';
import type { Degraded } from '../degraded.shape.js';
import type { ZoneNow } from './zone-now.js';

/** What a request is about. */
export interface AskedDays {
  /** Without a gap; those of rows are counted from the first. */
  readonly dates: readonly LocalDate[];
  readonly party: PreparedParty | null;
}

/** A date for a party. `unknown`: it was never fetched, or could not be read. `not_covered`: past, or beyond the window. */
export type DateState = DayState | 'unknown' | 'not_covered';

/** A date as the party sees it; `fit` null: nothing is known. */
export interface FittedDate {
  readonly date: LocalDate;
  readonly state: DateState;
  readonly short: ShortSlots | null;
  readonly fit: DayFit | null;
  readonly row: StoredRangeDay | undefined;
}

/** How fresh what is known of dates is. Instants in epoch milliseconds; null: nothing is known. */
export interface Freshness {
  /** The oldest confirmation. */
  readonly asOf: number | null;
  /** The first end of a max age. */
  readonly staleAfter: number | null;
  /** The last change. */
  readonly changedAt: number | null;
}

/** The dates of a request, and what is wrong with them. */
export interface FittedDates {
  readonly dates: readonly FittedDate[];
  readonly degraded: (Degraded & { readonly dates: readonly LocalDate[] }) | null;
  /** A request for one of them failed: it may become degraded, or recover, at any time. */
  readonly failing: boolean;
  /** No date in the window is unknown. */
  readonly complete: boolean;
  /** When the next slot of today closes, local `HH:MM`; null: none does, or today is not among the dates. */
  readonly next: string | null;
}

/**
 * @param rows of one experience, by date
 * @param now where it is
 */
export function fitDates(
  rows: readonly StoredRangeDay[],
  { dates: asked, party }: AskedDays,
  now: ZoneNow,
): FittedDates {
  let next = 0;
  const dates = asked.map((date, day): FittedDate => {
    const row = rows[next]?.day === day ? rows[next++] : undefined;
    if (date < now.today || date >= now.end) return { ...NOTHING, date, state: 'not_covered' };
    return fittedDate(date, row, party, date === now.today ? now.time : null);
  });
  const troubles = dates.flatMap(({ date, row }) => {
    const degraded = row && degradedDay(row, now.at);
    return degraded ? [{ date, degraded }] : [];
  });
  return {
    dates,
    degraded: troubles[0] ? { ...troubles[0].degraded, dates: troubles.map(({ date }) => date) } : null,
    failing: dates.some(({ row }) => (row?.failure ?? null) !== null),
    complete: dates.every(({ state }) => state !== 'unknown'),
    next: dates.find(({ fit }) => fit && fit.next !== null)?.fit?.next ?? null,
  };
}

export function freshnessOf(dates: readonly FittedDate[]): Freshness {
  const known = dates.flatMap(({ row }) => (row && row.confirmedAt !== null ? [row] : []));
  return {
    asOf: least(known.map(({ confirmedAt }) => confirmedAt)),
    staleAfter: least(known.map(({ staleAfter }) => staleAfter)),
    changedAt: known.reduce<number | null>((last, { changedAt }) => Math.max(last ?? 0, changedAt ?? 0), null),
  };
}

/** JSON members: what the party pays, and the cheapest slot. */
export function offerMembers({ fit, short }: Pick<FittedDate, 'fit' | 'short'>): string {
  const price = fit?.price;
  const total = price
    ? `{"amount":${totalText(price.total)},"currencyCode":${JSON.stringify(price.currencyCode)}}`
    : 'null';
  return `"total":${total},"slot":${short && fit && fit.slot !== null ? slotText(short, fit.slot) : 'null'}`;
}

const NOTHING = { short: null, fit: null, row: undefined };

function fittedDate(
  date: LocalDate,
  row: StoredRangeDay | undefined,
  party: PreparedParty | null,
  time: string | null,
): FittedDate {
  if (!row || row.confirmedAt === null) return { ...NOTHING, date, state: 'unknown', row };
  const short = shortOf(row);
  // With one slot that can be booked the date is known, whatever could not be read.
  if ((row.dropped ?? 0) > 0 && row.openSlots === 0) return { ...NOTHING, date, state: 'unknown', row };
  const fit = fitDay(short, party, time);
  return { date, state: fit.state, short, fit, row };
}

function shortOf({ shortSlots: stored, slots }: StoredRangeDay): ShortSlots {
  if (stored !== null) return parseShortSlots(stored);
  return slots === null ? NO_SLOTS : shortSlots(JSON.parse(slots) as Slot[]);
}

function slotText(short: ShortSlots, slot: number): string {
  const [startTime, endTime, providerSlotId, variantId] = slotName(short, slot);
  const remaining = short.remaining[slot];
  return JSON.stringify({ startTime, endTime, providerSlotId, variantId, remaining, ...primaryPrice(short, slot) });
}

function least(instants: readonly (number | null)[]): number | null {
  return instants.reduce((first, at) => (at === null || (first !== null && first <= at) ? first : at), null);
}
