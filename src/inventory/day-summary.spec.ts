import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyDay, pax, price, supplied } from '../../test/fixtures/supplied-slots.js';
import { canBeBought } from './bookable.js';
import { dayDocument } from './day-document.js';
import type { Slot, SuppliedSlot } from './slot.js';

const MOST = Number.MAX_SAFE_INTEGER;

describe('the summary of a day', () => {
  it('counts the slots that can be booked, what is left in them, and the cheapest price', () => {
    const slots = [slot('a', 20, { remaining: 3 }), slot('b', 12.5, { remaining: 4 }), slot('c', 5, { remaining: 0 })];
    expect(summaryOf(slots)).toEqual({ openSlots: 2, remaining: 7, price: price(12.5) });
  });

  it('passes over a slot whose least booking is more than it has left, however cheap', () => {
    const group = supplied({ remaining: 3, paxAvailability: [primary(50, { min: 4, remaining: 3 })] }, 'group');
    const single = supplied({ remaining: 10, paxAvailability: [primary(90, { remaining: 10 })] }, 'single');
    expect(summaryOf([group, single])).toEqual({ openSlots: 1, remaining: 10, price: price(90) });
  });

  it('names the cheapest price of a primary pax type that can be bought, whatever others cost', () => {
    const child = pax({ type: 'CHILD', price: price(1) });
    const onlyChild = supplied({ paxAvailability: [primary(50, { remaining: 0 }), child] }, 'only-child');
    const family = supplied({ paxAvailability: [primary(70), child] }, 'family');
    expect(summaryOf([onlyChild, family]).price).toEqual(price(70));
    expect(summaryOf([onlyChild, family]).openSlots).toBe(2);
    expect(summaryOf([onlyChild]).price).toEqual(price(1));
  });

  it('is unlimited as soon as one open slot is, and by no slot that is not open', () => {
    const unlimited = slot('a', 10, { remaining: null });
    const closed = supplied({ remaining: null, paxAvailability: [pax({ remaining: 0 })] }, 'closed');
    expect(summaryOf([unlimited, slot('b', 10)]).remaining).toBeNull();
    expect(summaryOf([closed, slot('b', 10)]).remaining).toBe(5);
  });

  it('sums to 2^53 − 1 at most, and exactly below', () => {
    expect(summaryOf([slot('a', 1, { remaining: MOST }), slot('b', 1, { remaining: MOST })]).remaining).toBe(MOST);
    expect(summaryOf([slot('a', 1, { remaining: MOST - 3 }), slot('b', 1, { remaining: 2 })]).remaining).toBe(MOST - 1);
  });

  it('compares no amounts of several currencies: the cheapest of the currency of most slots, else of the first', () => {
    const yen = (id: string, amount: number) => inCurrency(id, amount, 'JPY');
    const euro = (id: string, amount: number) => inCurrency(id, amount, 'EUR');
    expect(summaryOf([euro('a', 10), yen('b', 2_000), yen('c', 1_500)]).price).toEqual(price(1_500, 'JPY'));
    expect(summaryOf([euro('a', 1_600), yen('b', 20)]).price).toEqual(price(1_600, 'EUR'));
    expect(summaryOf([yen('a', 1_600), euro('b', 20)]).price).toEqual(price(1_600, 'JPY'));
  });

  it('agrees with the slots, whatever they are', () => {
    fc.assert(
      fc.property(anyDay, (slots) => {
        const { json, summary } = dayDocument(slots);
        const open = (JSON.parse(json) as Slot[]).filter((each) =>
          each.paxAvailability.some((type) => canBeBought(type, each)),
        );
        expect(summary.openSlots).toBe(open.length);
        const prices = open.flatMap((each) => each.paxAvailability.map((type) => JSON.stringify(type.price)));
        expect(summary.price === null).toBe(open.length === 0);
        if (summary.price) expect(prices).toContain(JSON.stringify(summary.price));
        const unlimited = open.some(({ remaining }) => remaining === null);
        const sum = open.reduce((total, { remaining }) => total + BigInt(remaining ?? 0), 0n);
        expect(summary.remaining).toBe(unlimited ? null : sum > MOST ? MOST : Number(sum));
      }),
    );
  });
});

function summaryOf(slots: readonly SuppliedSlot[]) {
  return dayDocument(slots).summary;
}

function primary(amount: number, fields = {}) {
  return pax({ isPrimary: true, price: price(amount), ...fields });
}

function slot(id: string, amount: number, fields: Partial<SuppliedSlot> = {}): SuppliedSlot {
  return supplied({ paxAvailability: [primary(amount)], ...fields }, id);
}

function inCurrency(id: string, amount: number, currencyCode: string): SuppliedSlot {
  return supplied({ paxAvailability: [primary(0, { price: price(amount, currencyCode) })] }, id);
}
