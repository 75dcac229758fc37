import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyDay, pax, price, supplied } from '../../test/fixtures/supplied-slots.js';
import { CLOSED_FINGERPRINT, dayDocument, fingerprintOf } from './day-document.js';
import type { PaxAvailability, Slot, SuppliedSlot } from './slot.js';

describe('a day as one document', () => {
  it('is the same in whatever order the slots and their pax types are listed', () => {
    fc.assert(
      fc.property(anyDay.chain(shuffled), ([slots, others]) => {
        expect(dayDocument(others)).toEqual(dayDocument(slots));
      }),
    );
  });

  it('is the same in whatever order the supplier writes the fields, and whatever else it writes', () => {
    const [slot] = [supplied({ paxAvailability: [pax({ isPrimary: true })] })];
    const { price: amount, ...rest } = pax({ isPrimary: true });
    const reversed = Object.fromEntries(Object.entries({ ...slot, internal: 1 }).reverse());
    const listed = { ...reversed, paxAvailability: [{ price: { extra: 1, ...amount }, extra: 2, ...rest }] };
    expect(dayDocument([listed as unknown as SuppliedSlot])).toEqual(dayDocument([slot]));
  });

  it('lists the slots by start time, then by id, then by variant', () => {
    const slots = [
      supplied({ startTime: '10:00' }, 'b'),
      supplied({ startTime: '10:00', variantId: 10 }, 'a'),
      supplied({ startTime: '09:30' }, 'z'),
      supplied({ startTime: '10:00', variantId: 9 }, 'a'),
      supplied({ startTime: '10:00', variantId: null }, 'a'),
      supplied({ startTime: '10:00', variantId: -1 }, 'a'),
    ];
    const listed = served(slots).map(({ providerSlotId, variantId }) => `${providerSlotId} ${String(variantId)}`);
    expect(listed).toEqual(['z 32', 'a null', 'a -1', 'a 9', 'a 10', 'b 32']);
  });

  it('has the fields of the public contract, in its order', () => {
    const [slot] = served([supplied({ paxAvailability: [pax({ isPrimary: true })] })]);
    expect(Object.keys(slot ?? {})).toEqual(
      'startDate startTime endTime providerSlotId variantId remaining currencyCode price paxAvailability'.split(' '),
    );
    expect(Object.keys(slot?.paxAvailability[0] ?? {})).toEqual(
      'type name description isPrimary min max remaining price category minAge maxAge'.split(' '),
    );
    expect(Object.keys(slot?.price ?? {})).toEqual('finalPrice originalPrice discount currencyCode'.split(' '));
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
      fingerprint: CLOSED_FINGERPRINT,
      summary: { openSlots: 0, remaining: 0, price: null },
      closings: null,
      short: null,
      lastStart: null,
      dropped: 0,
    });
    expect(fingerprintOf('[]')).toMatch(/^[\w-]{22}$/);
  });

  it('is another one when slots were left out: above all no closed day', () => {
    const fingerprints = [0, 1, 2].map((dropped) => dayDocument([], dropped).fingerprint);
    expect(new Set(fingerprints).size).toBe(3);
    expect(fingerprints[0]).toBe(CLOSED_FINGERPRINT);
    expect(dayDocument([supplied()], 2)).toMatchObject({ json: dayDocument([supplied()]).json, dropped: 2 });
  });

  it('does not take a slot without pax types', () => {
    expect(() => dayDocument([supplied({ paxAvailability: [] })])).toThrow('has no pax type');
  });
});

describe('the pax types of a slot', () => {
  it('are listed with the primary one first, and the others by type', () => {
    const types = ['SENIOR', 'CHILD', 'INFANT'].map((type) => pax({ type }));
    const [slot] = served([supplied({ paxAvailability: [...types, pax({ type: 'YOUTH', isPrimary: true })] })]);
    expect(slot?.paxAvailability.map(({ type }) => type)).toEqual(['YOUTH', 'CHILD', 'INFANT', 'SENIOR']);
  });

  it.each<[what: string, paxTypes: PaxAvailability[], finalPrice: number]>([
    ['the primary one', [typed('A', 1), { ...typed('CHILD', 2), isPrimary: true }, typed('ADULT', 3)], 2],
    ['the first adult, where none is primary', [typed('CHILD', 9), typed('adult_B', 3), typed('ADULT_A', 2)], 2],
    ['the adult in whatever case', [typed('CHILD', 9), typed('Adult_12~99', 3)], 3],
    ['the dearest, where none is an adult', [typed('CHILD', 1), typed('SENIOR', 3), typed('YOUTH', 2)], 3],
    ['the first by type, where amounts can’t be compared', [typed('B', 2), typed('A', 3), typed('C', 9, 'JPY')], 3],
  ])('set its price: %s', (_, paxTypes, finalPrice) => {
    const [slot] = served([supplied({ paxAvailability: paxTypes })]);
    expect(slot?.price.finalPrice).toBe(finalPrice);
    expect(slot?.paxAvailability.map(({ isPrimary }) => isPrimary).filter(Boolean)).toHaveLength(
      paxTypes.filter(({ isPrimary }) => isPrimary).length,
    );
  });
});

function typed(type: string, amount: number, currencyCode = 'SGD'): PaxAvailability {
  return pax({ type, price: price(amount, currencyCode) });
}

/** A day twice: as it is, and with its slots and their pax types in another order. */
function shuffled(slots: readonly SuppliedSlot[]): fc.Arbitrary<[readonly SuppliedSlot[], SuppliedSlot[]]> {
  const others = slots.map((slot) =>
    anyOrder(slot.paxAvailability).map((paxAvailability): SuppliedSlot => ({ ...slot, paxAvailability })),
  );
  return fc.tuple(fc.constant(slots), fc.tuple(...others).chain(anyOrder));
}

function anyOrder<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length });
}

function served(slots: readonly SuppliedSlot[]): Slot[] {
  return JSON.parse(dayDocument(slots).json) as Slot[];
}

/** For each field below `node`, a function that changes it. */
function leavesOf(node: unknown): (() => void)[] {
  return Object.entries(node as Record<string, unknown>).flatMap(([key, value]) => {
    if (typeof value === 'object' && value !== null) return leavesOf(value);
    const set = (to: unknown) => () => void ((node as Record<string, unknown>)[key] = to);
    if (typeof value === 'boolean') return [set(!value)];
    // The greatest numbers have no neighbour above that differs.
    return [set(typeof value === 'number' ? (value > 0 ? value - 1 : value + 1) : `${String(value)}!`)];
  });
}
