import { closesAt } from './closing-time.js';
import { compareTotals, totalOf } from './exact-total.js';
import type { Party } from './party.js';
import { PAX_STEP, type PaxKind, type ShortSlot, type ShortSlots } from './short-slots.js';
import { fitSlot, kindsFor, type Misfit, type Price } from './slot-fit.js';

/** What a known day is for a party. `sold_out`: for everybody. `closed`: no slot is listed that has yet to close. */
export type DayState = 'available' | Misfit | 'sold_out' | 'closed';

/** A day as a party sees it. */
export interface DayFit {
  readonly state: DayState;
  /** How many slots the party can book. */
  readonly slots: number;
  /** The cheapest of them, of equal ones the earliest. */
  readonly slot: ShortSlot | null;
  /** What the party pays there. Null: without a party, or in several currencies. */
  readonly price: Price | null;
  /** When the next slot closes, `HH:MM` or `24:00`; null: all have closed, or it is not today. */
  readonly next: string | null;
}

interface Candidate {
  readonly slot: ShortSlot;
  readonly price: Price | null;
}

/**
 * @param party null: anyone, as in the calendar
 * @param time local `HH:MM` if the day is today, for slots close; otherwise null
 */
export function fitDay([kinds, slots]: ShortSlots, party: Party | null, time: string | null): DayFit {
  const open =
    time === null ? slots : slots.filter((slot) => closesAt({ startTime: slot[0], endTime: slot[1] }) > time);
  const next = time === null ? null : firstClosing(open);
  const nobody = { slots: 0, slot: null, price: null, next };
  if (party === null) {
    const offers = open.filter((slot) => canBeBooked(slot, kinds));
    const best = cheapest(offersToAnyone(offers, kinds));
    if (best) return { state: 'available', slots: offers.length, slot: best.slot, price: null, next };
  } else {
    const chosen = kindsFor(party, kinds);
    const candidates: Candidate[] = [];
    let misfit: Misfit = 'not_offered';
    for (const slot of open) {
      const price = fitSlot(slot, kinds, chosen);
      if (price === 'too_few_places') misfit = price;
      else if (price !== 'not_offered') candidates.push({ slot, price });
    }
    const best = cheapest(candidates);
    if (best) return { state: 'available', slots: candidates.length, ...best, next };
    if (open.some((slot) => canBeBooked(slot, kinds))) return { state: misfit, ...nobody };
  }
  return { state: open.length === 0 ? 'closed' : 'sold_out', ...nobody };
}

/** The price of the slot's primary pax type, and its currency. */
export function primaryPrice([, , , , , pax]: ShortSlot, kinds: readonly PaxKind[]) {
  for (let at = 0; at < pax.length; at += PAX_STEP) {
    const kind = kinds[pax[at] ?? 0];
    if (kind?.[2] === 1) return { finalPrice: pax[at + 2] ?? 0, currencyCode: kind[5] };
  }
  return undefined;
}

/** As the calendar prices slots: by the primary pax type where one can be booked, else by the cheapest that can. */
function offersToAnyone(slots: readonly ShortSlot[], kinds: readonly PaxKind[]): Candidate[] {
  const all = slots.flatMap((slot) => bookable(slot, kinds).map((at) => candidateAt(slot, at, kinds)));
  const primaries = all.filter(({ primary }) => primary);
  return primaries.length > 0 ? primaries : all;
}

function candidateAt(slot: ShortSlot, at: number, kinds: readonly PaxKind[]) {
  const kind = kinds[slot[5][at] ?? 0];
  const total = totalOf([1], [slot[5][at + 2] ?? 0]);
  return { slot, primary: kind?.[2] === 1, price: { total, currencyCode: kind?.[5] ?? '' } };
}

function canBeBooked(slot: ShortSlot, kinds: readonly PaxKind[]): boolean {
  return bookable(slot, kinds).length > 0;
}

/** Where in `pax` the types stand that a booking can include, see `bookable.ts`. */
function bookable([, , , , remaining, pax]: ShortSlot, kinds: readonly PaxKind[]): number[] {
  const found: number[] = [];
  for (let at = 0; at < pax.length; at += PAX_STEP) {
    const [, , , min = null, max = null] = kinds[pax[at] ?? 0] ?? [];
    const least = Math.max(1, min ?? 1);
    if (least <= Math.min(pax[at + 1] ?? Infinity, remaining ?? Infinity, max ?? Infinity)) found.push(at);
  }
  return found;
}

/**
 * Amounts of different currencies are not compared: the currency of most candidates counts, in a tie that of the earliest. What
 * has no price comes last.
 */
function cheapest(candidates: readonly Candidate[]): Candidate | undefined {
  const counts = new Map<string, number>();
  for (const { price } of candidates)
    if (price) counts.set(price.currencyCode, (counts.get(price.currencyCode) ?? 0) + 1);
  let [currency, most] = ['', 0];
  for (const [code, count] of counts) if (count > most) [currency, most] = [code, count];
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (candidate.price?.currencyCode !== currency) continue;
    if (!best?.price || compareTotals(candidate.price.total, best.price.total) < 0) best = candidate;
  }
  return best ?? candidates[0];
}

function firstClosing(slots: readonly ShortSlot[]): string | null {
  return slots.reduce<string | null>((first, [startTime, endTime]) => {
    const until = closesAt({ startTime, endTime });
    return first === null || until < first ? until : first;
  }, null);
}
