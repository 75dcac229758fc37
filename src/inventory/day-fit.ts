import { closesAt } from './closing-time.js';
import { compareTotals, totalOf } from './exact-total.js';
import type { Party } from './party.js';
import { slotNames, type ShortSlots } from './short-slots.js';
import { fitSlot, kindsFor, type Misfit, type Price } from './slot-fit.js';

/** What a known day is for a party. `sold_out`: for everybody. `closed`: no slot is listed that has yet to close. */
export type DayState = 'available' | Misfit | 'sold_out' | 'closed';

/** A day as a party sees it. */
export interface DayFit {
  readonly state: DayState;
  /** How many slots the party can book. */
  readonly slots: number;
  /** The place of the cheapest of them, of equal ones of the earliest. */
  readonly slot: number | null;
  /** What the party pays there. Null: without a party, or in several currencies. */
  readonly price: Price | null;
  /** When the next slot closes, `HH:MM` or `24:00`; null: all have closed, or it is not today. */
  readonly next: string | null;
}

interface Candidate {
  readonly slot: number;
  readonly price: Price | null;
}

/**
 * @param party null: anyone, as in the calendar
 * @param time local `HH:MM` if the day is today, for slots close; otherwise null
 */
export function fitDay(day: ShortSlots, party: Party | null, time: string | null): DayFit {
  const { open, next } = time === null ? { open: allOf(day), next: null } : openAt(day, time);
  const nobody = { slots: 0, slot: null, price: null, next };
  if (party === null) {
    const offers = open.filter((slot) => canBeBooked(day, slot));
    const best = cheapest(offersToAnyone(day, offers));
    if (best) return { state: 'available', slots: offers.length, slot: best.slot, price: null, next };
  } else {
    const chosen = kindsFor(party, day.kinds);
    const candidates: Candidate[] = [];
    let misfit: Misfit = 'not_offered';
    for (const slot of open) {
      const price = fitSlot(day, slot, chosen);
      if (price === 'too_few_places') misfit = price;
      else if (price !== 'not_offered') candidates.push({ slot, price });
    }
    const best = cheapest(candidates);
    if (best) return { state: 'available', slots: candidates.length, slot: best.slot, price: best.price, next };
    if (open.some((slot) => canBeBooked(day, slot))) return { state: misfit, ...nobody };
  }
  return { state: open.length === 0 ? 'closed' : 'sold_out', ...nobody };
}

/** The price of the slot's primary pax type, and its currency. */
export function primaryPrice({ kinds, columns }: ShortSlots, slot: number) {
  const place = kinds.findIndex(([, , primary], kind) => primary === 1 && columns[kind]?.[1][slot] != null);
  const kind = kinds[place];
  return kind && { finalPrice: columns[place]?.[1][slot] ?? 0, currencyCode: kind[5] };
}

function allOf({ remaining }: ShortSlots): number[] {
  return remaining.map((_, slot) => slot);
}

/** The slots that have yet to close, and when the next one does. */
function openAt(day: ShortSlots, time: string): { readonly open: number[]; readonly next: string | null } {
  const closings = slotNames(day).map(([startTime, endTime]) => closesAt({ startTime, endTime }));
  const open = allOf(day).filter((slot) => (closings[slot] ?? '') > time);
  const next = closings.reduce<string | null>(
    (first, until) => (until > time && (first === null || until < first) ? until : first),
    null,
  );
  return { open, next };
}

/** As the calendar prices slots: by the primary pax type where one can be booked, else by the cheapest that can. */
function offersToAnyone(day: ShortSlots, slots: readonly number[]): Candidate[] {
  const all = slots.flatMap((slot) => bookable(day, slot).map((kind) => offerOf(day, slot, kind)));
  const primaries = all.filter(({ primary }) => primary);
  return primaries.length > 0 ? primaries : all;
}

function offerOf({ kinds, columns }: ShortSlots, slot: number, place: number) {
  const kind = kinds[place];
  const total = totalOf([1], [columns[place]?.[1][slot] ?? 0]);
  return { slot, primary: kind?.[2] === 1, price: { total, currencyCode: kind?.[5] ?? '' } };
}

function canBeBooked(day: ShortSlots, slot: number): boolean {
  return bookable(day, slot).length > 0;
}

/** The kinds that a booking of the slot can include, see `bookable.ts`. */
function bookable({ kinds, columns, remaining }: ShortSlots, slot: number): number[] {
  const found: number[] = [];
  kinds.forEach(([, , , min, max], place) => {
    const [places, prices] = columns[place] ?? [[], []];
    if ((prices[slot] ?? null) === null) return;
    const least = Math.max(1, min ?? 1);
    if (least <= Math.min(places[slot] ?? Infinity, remaining[slot] ?? Infinity, max ?? Infinity)) found.push(place);
  });
  return found;
}

/**
 * Amounts of different currencies are not compared: the currency of most candidates counts, in a tie that of the earliest. What
 * has no price comes last.
 */
function cheapest(candidates: readonly Candidate[]): Candidate | undefined {
  const currency = usualCurrency(candidates);
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (!candidate.price || candidate.price.currencyCode !== currency) continue;
    if (!best?.price || compareTotals(candidate.price.total, best.price.total) < 0) best = candidate;
  }
  return best ?? candidates[0];
}

function usualCurrency(candidates: readonly Candidate[]): string | undefined {
  const first = candidates[0]?.price?.currencyCode;
  // Nearly always.
  if (candidates.every(({ price }) => price?.currencyCode === first)) return first;
  const counts = new Map<string, number>();
  for (const { price } of candidates)
    if (price) counts.set(price.currencyCode, (counts.get(price.currencyCode) ?? 0) + 1);
  let [currency, most] = ['', 0];
  for (const [code, count] of counts) if (count > most) [currency, most] = [code, count];
  return currency;
}
