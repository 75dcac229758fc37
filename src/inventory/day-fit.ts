import { closesAt } from './closing-time.js';
import { compareTotals, totalOf, type Total } from './exact-total.js';
import { slotNames, type ShortSlots } from './short-slots.js';
import { Offers, offerSlot, type Misfit, type PreparedParty } from './slot-fit.js';

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

/** What a party pays. */
export interface Price {
  readonly total: Total;
  readonly currencyCode: string;
}

/**
 * @param party null: anyone, as in the calendar
 * @param time local `HH:MM` if the day is today, for slots close; otherwise null
 */
export function fitDay(day: ShortSlots, party: PreparedParty | null, time: string | null): DayFit {
  const { open, next } = time === null ? { open: allOf(day), next: null } : openAt(day, time);
  let misfit: Misfit = 'not_offered';
  if (party === null) {
    const offers = open.filter((slot) => canBeBooked(day, slot));
    const best = cheapest(offersToAnyone(day, offers));
    if (best) return { state: 'available', slots: offers.length, slot: best.slot, price: null, next };
  } else {
    const chosen = party.for(day.kinds);
    const offers = new Offers();
    for (const slot of open) if (offerSlot(day, slot, chosen, offers) === 'too_few_places') misfit = 'too_few_places';
    const best = cheapest(offers);
    if (best) return { state: 'available', slots: offers.slots.length, slot: best.slot, price: best.price, next };
  }
  const nobody = { slots: 0, slot: null, price: null, next };
  if (party !== null && open.some((slot) => canBeBooked(day, slot))) return { state: misfit, ...nobody };
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
function offersToAnyone(day: ShortSlots, slots: readonly number[]): Offers {
  const all = new Offers();
  const primaries = new Offers();
  for (const slot of slots) {
    for (const place of bookable(day, slot)) {
      const [, , primary, , , currencyCode = ''] = day.kinds[place] ?? [];
      const total = totalOf([1], [day.columns[place]?.[1][slot] ?? 0]);
      all.add(slot, total, currencyCode);
      if (primary === 1) primaries.add(slot, total, currencyCode);
    }
  }
  return primaries.slots.length > 0 ? primaries : all;
}

function canBeBooked(day: ShortSlots, slot: number): boolean {
  return bookable(day, slot).length > 0;
}

/** The kinds that a booking of the slot can include, see `bookable.ts`. */
function bookable({ kinds, columns, remaining }: ShortSlots, slot: number): number[] {
  const found: number[] = [];
  kinds.forEach(([, , , min, max, , taken = 1], place) => {
    const [places, prices] = columns[place] ?? [[], []];
    if ((prices[slot] ?? null) === null) return;
    const least = Math.max(1, min ?? 1);
    if (least * taken > (remaining[slot] ?? Infinity)) return;
    if (least <= Math.min(places[slot] ?? Infinity, max ?? Infinity)) found.push(place);
  });
  return found;
}

/**
 * Amounts of different currencies are not compared: the currency of most offers counts, in a tie that of the earliest. What has no
 * price comes last.
 */
function cheapest({
  slots,
  totals,
  currencies,
}: Offers): { readonly slot: number; readonly price: Price | null } | undefined {
  const currencyCode = usualCurrency(currencies);
  let best = -1;
  let least: Total | null = null;
  for (let i = 0; i < slots.length; i++) {
    const total = totals[i] ?? null;
    if (total === null || currencies[i] !== currencyCode) continue;
    if (least === null || compareTotals(total, least) < 0) [best, least] = [i, total];
  }
  const slot = slots[Math.max(0, best)];
  if (slot === undefined) return undefined;
  return { slot, price: least === null || currencyCode === null ? null : { total: least, currencyCode } };
}

function usualCurrency(currencies: Offers['currencies']): string | null {
  const [first = null] = currencies;
  // Nearly always.
  if (currencies.every((currency) => currency === first)) return first;
  const counts = new Map<string, number>();
  for (const code of currencies) if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
  let [usual, most]: [string | null, number] = [null, 0];
  for (const [code, count] of counts) if (count > most) [usual, most] = [code, count];
  return usual;
}
