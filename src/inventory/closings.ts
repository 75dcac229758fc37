import { closesAt } from './closing-time.js';
import { NOTHING_OPEN, offerOf, SummaryTally, type DaySummary } from './day-summary.js';
import { compareText } from './primary-pax.js';
import type { Slot } from './slot.js';

/**
 * A day's summary until a local time: `[until, openSlots, remaining, finalPrice, originalPrice, discount, currencyCode]`.
 * It describes the bookable slots that close at `until` or later, and holds while the local time is before `until`.
 */
type Closing = readonly [
  until: string,
  openSlots: number,
  remaining: number | null,
  finalPrice: number,
  originalPrice: number | null,
  discount: number | null,
  currencyCode: string,
];

/** The summary of a day now, and after each closing of its slots. */
export interface SummaryInTime {
  readonly summary: DaySummary;
  /** JSON text: a list of `Closing`, ascending by `until`. Null: no slot is bookable. */
  readonly closings: string | null;
}

/** @param slots in the order of the document */
export function summaryInTime(slots: readonly Slot[]): SummaryInTime {
  const offers = slots.flatMap((slot, place) => {
    const offer = offerOf(slot);
    return offer ? [{ offer, place, until: closesAt(slot) }] : [];
  });
  // From the last closing to the first: each includes the slots that close then or later.
  offers.sort((a, b) => compareText(b.until, a.until));
  const tally = new SummaryTally();
  const closings: Closing[] = [];
  offers.forEach(({ offer, place, until }, i) => {
    tally.add(offer, place);
    if (offers[i + 1]?.until !== until) closings.unshift(...toClosing(until, tally.summary()));
  });
  return { summary: tally.summary(), closings: closings.length > 0 ? JSON.stringify(closings) : null };
}

/**
 * The summary of a day at a local time of its date.
 * @param closings as stored
 * @param time `HH:MM`
 */
export function summaryAt(closings: string | null, time: string): DaySummary {
  const closing = closingAt(closings, time);
  if (!closing) return NOTHING_OPEN;
  const [, openSlots, remaining, finalPrice, originalPrice, discount, currencyCode] = closing;
  return { openSlots, remaining, price: { finalPrice, originalPrice, discount, currencyCode } };
}

/** When the summary changes next, `HH:MM` or `24:00`. Null: no slot is open any more. Parameters as in `summaryAt`. */
export function nextClosing(closings: string | null, time: string): string | null {
  return closingAt(closings, time)?.[0] ?? null;
}

/**
 * A day as calendars list it, JSON text. Null: no slot is open.
 * @param date `YYYY-MM-DD`
 */
export function calendarEntry(date: string, { openSlots, remaining, price }: DaySummary): string | null {
  return openSlots === 0 ? null : JSON.stringify({ date, price, remaining, slots: openSlots });
}

function closingAt(closings: string | null, time: string): Closing | undefined {
  if (closings === null) return undefined;
  return (JSON.parse(closings) as Closing[]).find(([until]) => until > time);
}

function toClosing(until: string, { openSlots, remaining, price }: DaySummary): Closing[] {
  if (!price) return [];
  const { finalPrice, originalPrice, discount, currencyCode } = price;
  return [[until, openSlots, remaining, finalPrice, originalPrice, discount, currencyCode]];
}
