import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeKind, type DayState } from './change-kind.js';
import { CHANGE_KINDS } from './change.shape.js';

const price = { finalPrice: 10, originalPrice: 12, discount: 2, currencyCode: 'SGD' };

function open(remaining: number | null = 5, finalPrice = 10, openSlots = 1): DayState {
  return { summary: { openSlots, remaining, price: { ...price, finalPrice } }, listed: true };
}

const NOTHING = { openSlots: 0, remaining: 0, price: null };
const SOLD_OUT: DayState = { summary: NOTHING, listed: true };
const CLOSED: DayState = { summary: NOTHING, listed: false };

describe('the kind of a change', () => {
  it.each<[string, DayState | null, DayState | null]>([
    ['opened', null, open()],
    ['opened', CLOSED, open()],
    ['back_in_stock', SOLD_OUT, open()],
    ['sold_out', open(), SOLD_OUT],
    ['sold_out', CLOSED, SOLD_OUT],
    ['sold_out', null, SOLD_OUT],
    ['closed', open(), CLOSED],
    ['closed', SOLD_OUT, CLOSED],
    ['closed', null, CLOSED],
    ['price', open(5, 10), open(5, 11)],
    ['price', open(5, 10), open(4, 11)],
    ['remaining', open(5), open(4)],
    ['remaining', open(5), open(null)],
    ['remaining', open(5, 10, 1), open(5, 10, 2)],
    ['other', open(), open()],
    ['other', SOLD_OUT, SOLD_OUT],
    ['other', CLOSED, CLOSED],
    ['removed', open(), null],
    ['removed', CLOSED, null],
  ])('is %s', (kind, before, after) => {
    expect(changeKind(before, after)).toBe(kind);
  });

  it('is price when the currency or another amount of the cheapest price changed', () => {
    const other = { ...open(), summary: { ...open().summary, price: { ...price, currencyCode: 'EUR' } } };
    expect(changeKind(open(), other)).toBe('price');
  });

  it('says whether the day can be booked, whatever it was before', () => {
    const state = fc.record({
      summary: fc.record({
        openSlots: fc.nat({ max: 3 }),
        remaining: fc.option(fc.nat({ max: 9 })),
        price: fc.constant(price),
      }),
      listed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.option(state), state, (before, after) => {
        const kind = changeKind(before, after);
        expect(CHANGE_KINDS).toContain(kind);
        if (['opened', 'back_in_stock', 'price', 'remaining'].includes(kind))
          expect(after.summary.openSlots).not.toBe(0);
        if (['closed', 'sold_out'].includes(kind)) expect(after.summary.openSlots).toBe(0);
      }),
    );
  });
});
