import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyDay, pax, price, supplied } from '../../test/fixtures/supplied-slots.js';
import { dayDocument } from './day-document.js';
import { parseShortSlots, shortSlots, slotName, slotNames, type ShortSlots } from './short-slots.js';
import type { Slot, SuppliedSlot } from './slot.js';

const adult = pax({ type: 'ADULT_12~99', isPrimary: true, price: price(341) });
const child = pax({ type: 'CHILD_4~11', category: 'CHILD', price: price(241.5) });
const at = (startTime: string, fields: Partial<SuppliedSlot> = {}) =>
  supplied({ startTime, endTime: startTime, paxAvailability: [adult, child], ...fields }, `at-${startTime}`);

function slotsOf(supplies: readonly SuppliedSlot[]): Slot[] {
  return JSON.parse(dayDocument(supplies).json) as Slot[];
}

/** As it is stored. */
function stored(supplies: readonly SuppliedSlot[]): ShortSlots {
  return parseShortSlots(dayDocument(supplies).short ?? 'no slots');
}

const anyListing = anyDay.filter((supplies) => supplies.length > 0);

describe('the slots of a day by columns', () => {
  it('are none where no slot is listed', () => {
    expect(dayDocument([]).short).toBeNull();
  });

  it('name what slots share only once', () => {
    const short = stored([at('09:00'), at('10:00', { remaining: null })]);
    expect(short).toEqual({
      kinds: [
        ['ADULT_12~99', 'ADULT', 1, 1, 9, 'SGD'],
        ['CHILD_4~11', 'CHILD', 0, 1, 9, 'SGD'],
      ],
      remaining: [5, null],
      columns: [
        [
          [5, 5],
          [341, 341],
        ],
        [
          [5, 5],
          [241.5, 241.5],
        ],
      ],
      names: '["09:00","09:00","at-09:00",32]\n["10:00","10:00","at-10:00",32]',
    });
  });

  it('keep apart what a slot has twice, and what another slot lacks', () => {
    const twice = [adult, child, { ...child, price: price(20) }];
    const short = stored([at('09:00', { paxAvailability: twice }), at('10:00')]);
    expect(short.kinds.map(([type]) => type)).toEqual(['ADULT_12~99', 'CHILD_4~11', 'CHILD_4~11']);
    expect(short.columns.map(([, prices]) => prices)).toEqual([
      [341, 341],
      [241.5, 241.5],
      [20, null],
    ]);
  });

  it('are read as they were stored, whatever the texts of the supplier are', () => {
    fc.assert(
      fc.property(anyListing, (supplies) => {
        const slots = slotsOf(supplies);
        const short = stored(supplies);
        expect(short).toEqual(shortSlots(slots));
        const names = slots.map(({ startTime, endTime, providerSlotId, variantId }) => {
          return [startTime, endTime, providerSlotId, variantId];
        });
        expect(slotNames(short)).toEqual(names);
        expect(slots.map((_, place) => slotName(short, place))).toEqual(names);
      }),
    );
  });

  it('are read as 0.3.0 stored them, too', () => {
    fc.assert(
      fc.property(anyListing, (supplies) => {
        const short = shortSlots(slotsOf(supplies));
        expect(parseShortSlots(JSON.stringify(byRow(short)))).toEqual(short);
      }),
    );
  });
});

/** The form of 0.3.0. */
function byRow(short: ShortSlots) {
  const slots = slotNames(short).map((name, slot) => [
    ...name,
    short.remaining[slot],
    short.columns.flatMap(([places, prices], kind) =>
      prices[slot] === null ? [] : [kind, places[slot] ?? null, prices[slot] ?? 0],
    ),
  ]);
  return [short.kinds, slots];
}
