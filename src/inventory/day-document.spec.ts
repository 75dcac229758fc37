import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LocalDate } from '../time/index.js';
import { dayDocument, fingerprintOf } from './day-document.js';
import type { PaxAvailability, Slot, SuppliedSlot } from './slot.js';

const DATE = '2025-04-03' as LocalDate;

const text = fc.string({ maxLength: 12, unit: 'grapheme' });
const count = fc.nat({ max: 5_000 });
const amount = fc.nat({ max: 99_999 }).map((cents) => cents / 100);
const currency = fc.constantFrom('SGD', 'EUR', 'JPY');
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);

const anyPax: fc.Arbitrary<PaxAvailability> = fc.record({
  type: text,
  name: fc.option(text),
  description: fc.option(text),
  isPrimary: fc.boolean(),
  min: count,
  max: count,
  remaining: count,
  price: fc.record({ finalPrice: amount, originalPrice: amount, discount: amount, currencyCode: currency }),
});

const anySlot: fc.Arbitrary<SuppliedSlot> = fc.record({
  startDate: fc.constant(DATE),
  startTime: time,
  endTime: time,
  providerSlotId: text,
  variantId: count,
  remaining: fc.oneof(fc.constant(0), count),
  currencyCode: currency,
  paxAvailability: fc.array(anyPax, { minLength: 1, maxLength: 4 }),
});

const anyDay = fc.uniqueArray(anySlot, { maxLength: 8, selector: (slot) => slot.providerSlotId });

describe('a day as one document', () => {
  it('is the same in whatever order the slots are listed', () => {
    const shuffled = anyDay.chain((slots) =>
      fc.tuple(fc.constant(slots), fc.shuffledSubarray(slots, { minLength: slots.length })),
    );
    fc.assert(
      fc.property(shuffled, ([slots, others]) => {
        expect(dayDocument(others)).toEqual(dayDocument(slots));
      }),
    );
  });

  it('is the same in whatever order the supplier writes the fields, and whatever else it writes', () => {
    const [slot] = [supplied({ paxAvailability: [pax({ isPrimary: true })] })];
    const { price, ...rest } = pax({ isPrimary: true });
    const reversed = Object.fromEntries(Object.entries({ ...slot, internal: 1 }).reverse());
    const listed = { ...reversed, paxAvailability: [{ price: { extra: 1, ...price }, extra: 2, ...rest }] };
    expect(dayDocument([listed as unknown as SuppliedSlot])).toEqual(dayDocument([slot]));
  });

  it('lists the slots by start time, then by id', () => {
    const slots = [
      supplied({ startTime: '10:00' }, 'b'),
      supplied({ startTime: '09:30' }, 'z'),
      supplied({ startTime: '10:00' }, 'a'),
    ];
    expect(served(slots).map((slot) => slot.providerSlotId)).toEqual(['z', 'a', 'b']);
  });

  it('has the fields of the public contract, in its order', () => {
    const [slot] = served([supplied({ paxAvailability: [pax({ isPrimary: true })] })]);
    expect(Object.keys(slot ?? {})).toEqual(
      'startDate startTime endTime providerSlotId variantId remaining currencyCode price paxAvailability'.split(' '),
    );
    expect(Object.keys(slot?.paxAvailability[0] ?? {})).toEqual(
      'type name description isPrimary min max remaining price'.split(' '),
    );
    expect(Object.keys(slot?.price ?? {})).toEqual('finalPrice originalPrice discount currencyCode'.split(' '));
  });

  it('lists the primary pax type first and the others as the supplier does; its price is the slot’s', () => {
    fc.assert(
      fc.property(anySlot, (slot) => {
        const types = slot.paxAvailability;
        const primary = types.find((type) => type.isPrimary) ?? types[0];
        const [only] = served([slot]);
        expect(only?.price).toEqual(primary?.price);
        expect(only?.paxAvailability).toEqual([primary, ...types.filter((type) => type !== primary)]);
      }),
    );
  });

  it('changes its fingerprint with any field of any slot, and keeps it when nothing changes', () => {
    fc.assert(
      fc.property(
        anyDay.filter((slots) => slots.length > 0),
        fc.nat(),
        (slots, which) => {
          const before = dayDocument(slots);
          expect(dayDocument(structuredClone(slots)).fingerprint).toBe(before.fingerprint);
          const changed = structuredClone(slots);
          const leaves = leavesOf(changed);
          leaves[which % leaves.length]?.();
          expect(dayDocument(changed).fingerprint).not.toBe(before.fingerprint);
        },
      ),
    );
  });

  it('has a fingerprint that fits into an ETag, and one of its own when it is empty', () => {
    expect(dayDocument([])).toEqual({
      json: '[]',
      fingerprint: fingerprintOf('[]'),
      summary: { openSlots: 0, remaining: 0, price: null },
      lastStart: null,
    });
    expect(fingerprintOf('[]')).toMatch(/^[\w-]{22}$/);
  });

  it('does not take a slot without pax types', () => {
    expect(() => dayDocument([supplied({ paxAvailability: [] })])).toThrow('has no pax type');
  });
});

describe('the summary of a day', () => {
  it('counts the open slots, what remains in them, and the price of the cheapest', () => {
    const price = (finalPrice: number) => ({ finalPrice, originalPrice: 99, discount: 1, currencyCode: 'SGD' });
    const slots = [
      supplied({ remaining: 3, paxAvailability: [pax({ isPrimary: true, price: price(20) })] }, 'a'),
      supplied(
        { remaining: 4, paxAvailability: [pax({ price: price(1) }), pax({ isPrimary: true, price: price(12.5) })] },
        'b',
      ),
      supplied({ remaining: 0, paxAvailability: [pax({ isPrimary: true, price: price(5) })] }, 'c'),
    ];
    expect(dayDocument(slots).summary).toEqual({ openSlots: 2, remaining: 7, price: price(12.5) });
  });

  it('agrees with the slots, whatever they are', () => {
    fc.assert(
      fc.property(anyDay, (slots) => {
        const { openSlots, remaining, price } = dayDocument(slots).summary;
        const open = served(slots).filter((slot) => slot.remaining > 0);
        expect(openSlots).toBe(open.length);
        expect(remaining).toBe(open.reduce((sum, slot) => sum + slot.remaining, 0));
        const least = Math.min(...open.map((slot) => slot.price.finalPrice));
        expect(price).toEqual(open.find((slot) => slot.price.finalPrice === least)?.price ?? null);
      }),
    );
  });
});

function served(slots: readonly SuppliedSlot[]): Slot[] {
  return JSON.parse(dayDocument(slots).json) as Slot[];
}

function pax(fields: Partial<PaxAvailability> = {}): PaxAvailability {
  const price = { finalPrice: 10, originalPrice: 12, discount: 2, currencyCode: 'SGD' };
  return {
    type: 'ADULT',
    name: null,
    description: null,
    isPrimary: false,
    min: 1,
    max: 9,
    remaining: 5,
    price,
    ...fields,
  };
}

function supplied(fields: Partial<SuppliedSlot>, id = 'slot'): SuppliedSlot {
  return {
    startDate: DATE,
    startTime: '09:00',
    endTime: '09:00',
    providerSlotId: id,
    variantId: 32,
    remaining: 5,
    currencyCode: 'SGD',
    paxAvailability: [pax()],
    ...fields,
  };
}

/** For each field below `node`, a function that changes it. */
function leavesOf(node: unknown): (() => void)[] {
  return Object.entries(node as Record<string, unknown>).flatMap(([key, value]) => {
    if (typeof value === 'object' && value !== null) return leavesOf(value);
    const set = (to: unknown) => () => void ((node as Record<string, unknown>)[key] = to);
    if (typeof value === 'boolean') return [set(!value)];
    return [set(typeof value === 'number' ? value + 1 : `${String(value)}!`)];
  });
}
