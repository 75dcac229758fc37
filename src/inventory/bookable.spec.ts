import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anySlot, pax, supplied } from '../../test/fixtures/supplied-slots.js';
import { canBeBought, isBookable } from './bookable.js';
import type { PaxAvailability } from './slot.js';

type Case = [what: string, fields: Partial<PaxAvailability>, slotRemaining: number | null];

describe('a pax type can be bought', () => {
  it.each<Case>([
    ['one of the last', { remaining: 1 }, 1],
    ['where nothing is bounded', { min: null, max: null, remaining: null }, null],
    ['where only the slot counts', { remaining: null }, 1],
    ['where only the pax type counts', { remaining: 1 }, null],
    ['exactly the least that a booking takes', { min: 4, remaining: 4, max: 4 }, 4],
    ['where the least is zero', { min: 0, remaining: 1 }, 1],
  ])('%s', (_, fields, remaining) => {
    expect(canBeBought(pax(fields), { remaining })).toBe(true);
  });
});

describe('a pax type can’t be bought', () => {
  it.each<Case>([
    ['sold out itself', { remaining: 0 }, 5],
    ['in a slot that is sold out', { remaining: 5 }, 0],
    ['where unlimited in a slot that is sold out', { min: null, max: null, remaining: null }, 0],
    ['where the least is more than it has left', { min: 4, remaining: 3 }, 10],
    ['where the least is more than the slot has left', { min: 4, remaining: 10 }, 3],
    ['where one takes more places than the slot has left', { places: 4 }, 3],
    ['where a booking may take none', { max: 0 }, 5],
    ['where the least is more than the most', { min: 3, max: 2 }, 5],
    ['where the least is zero, and zero are left', { min: 0, remaining: 0 }, 5],
  ])('%s', (_, fields, remaining) => {
    expect(canBeBought(pax(fields), { remaining })).toBe(false);
  });
});

describe('a slot', () => {
  it('is bookable when some pax type can be bought', () => {
    const soldOut = pax({ remaining: 0 });
    expect(isBookable(supplied({ paxAvailability: [soldOut, pax({ type: 'CHILD' })] }))).toBe(true);
    expect(isBookable(supplied({ paxAvailability: [soldOut] }))).toBe(false);
  });

  it('becomes bookable by no number that shrinks', () => {
    fc.assert(
      fc.property(anySlot, fc.nat({ max: 20 }), (slot, remaining) => {
        fc.pre(!isBookable(slot));
        const less = Math.min(slot.remaining ?? Infinity, remaining);
        expect(isBookable({ ...slot, remaining: less })).toBe(false);
      }),
    );
  });
});
