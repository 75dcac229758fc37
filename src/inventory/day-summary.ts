import { canBeBought, isBookable } from './bookable.js';
import { primaryOf } from './primary-pax.js';
import type { Price, Slot } from './slot.js';

/** The calendar's view of a day: what can be booked. */
export interface DaySummary {
  readonly openSlots: number;
  /** The sum of the remaining places of the open slots, at most 2^53 − 1. Null: unlimited. */
  readonly remaining: number | null;
  /** The cheapest price at which the day can be booked. Null: no slot is open. */
  readonly price: Price | null;
}

/** What a bookable slot adds to a summary. */
export interface Offer {
  readonly remaining: number | null;
  /** The price of the primary pax type; null: it can't be bought. */
  readonly primary: Price | null;
  /** The prices of all pax types that can be bought, at least one. */
  readonly prices: readonly Price[];
}

export const NOTHING_OPEN: DaySummary = { openSlots: 0, remaining: 0, price: null };

/** @param slot as stored. @returns null: no pax type of it can be bought */
export function offerOf(slot: Slot): Offer | null {
  if (!isBookable(slot)) return null;
  const buyable = slot.paxAvailability.filter((pax) => canBeBought(pax, slot));
  const primary = primaryOf(slot.paxAvailability);
  return {
    remaining: slot.remaining,
    primary: primary && buyable.includes(primary) ? primary.price : null,
    prices: buyable.map(({ price }) => price),
  };
}

/**
 * Adds up offers one after the other, in any order. The summary of those added so far is available after each. Amounts of
 * different currencies are not compared: the currency with the most prices counts, and in a tie that of the earliest slot.
 */
export class SummaryTally {
  private openSlots = 0;
  private sum = 0n;
  private unlimited = false;
  /** A pax type that nobody can book alone (a child) sets the price only if no primary pax type can be bought. */
  private readonly primaries = new Map<string, Prices>();
  private readonly all = new Map<string, Prices>();

  /** @param place of its slot in the document */
  add({ remaining, primary, prices }: Offer, place: number): void {
    this.openSlots++;
    if (remaining === null) this.unlimited = true;
    else this.sum += BigInt(remaining);
    if (primary) addTo(this.primaries, primary, place);
    for (const price of prices) addTo(this.all, price, place);
  }

  summary(): DaySummary {
    const { openSlots, sum } = this;
    const remaining = sum > MOST ? Number.MAX_SAFE_INTEGER : Number(sum);
    const price = cheapest(this.primaries.size > 0 ? this.primaries : this.all);
    return { openSlots, remaining: this.unlimited ? null : remaining, price };
  }
}

const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/** Prices in one currency. */
interface Prices {
  readonly count: number;
  /** The earliest slot with a price in this currency. */
  readonly first: number;
  /** In a tie, the price of the earliest slot. */
  readonly cheapest: Price;
  readonly place: number;
}

function addTo(byCurrency: Map<string, Prices>, price: Price, place: number): void {
  const known = byCurrency.get(price.currencyCode);
  if (!known) {
    byCurrency.set(price.currencyCode, { count: 1, first: place, cheapest: price, place });
    return;
  }
  const cheaper = price.finalPrice - known.cheapest.finalPrice || place - known.place;
  byCurrency.set(price.currencyCode, {
    count: known.count + 1,
    first: Math.min(known.first, place),
    ...(cheaper < 0 ? { cheapest: price, place } : { cheapest: known.cheapest, place: known.place }),
  });
}

function cheapest(byCurrency: ReadonlyMap<string, Prices>): Price | null {
  let most: Prices | undefined;
  for (const prices of byCurrency.values()) {
    if (!most || prices.count > most.count || (prices.count === most.count && prices.first < most.first)) most = prices;
  }
  return most?.cheapest ?? null;
}
