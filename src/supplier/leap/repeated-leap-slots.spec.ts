import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leapDay, leapPax, leapPrice, leapSlot } from '../../../test/fixtures/leap-answers.js';
import { readList } from '../../../test/setup/leap-reading.js';

type Fields = Record<string, unknown>;

describe('readable slots of one id', () => {
  it('are one where they say the same, in whatever spelling and order', () => {
    const paxTypes = [leapPax(), leapPax({ type: 'CHILD', isPrimary: false })];
    const slot = leapSlot({ paxAvailability: paxTypes });
    const again = { ...slot, startTime: '4:00:00', remaining: '20', paxAvailability: paxTypes.toReversed() };
    expect(readList([slot, slot, again])).toEqual(readList([slot]));
  });

  it('contradict one another where they differ: all are left out, and the others stand', () => {
    const slots = [leapSlot(), ...leapDay(2), leapSlot({ startTime: '14:00' }), leapSlot()];
    const { slots: kept, oddities, dropped } = readList(slots);
    expect(kept).toEqual(readList(leapDay(2)).slots);
    expect(dropped).toBe(3);
    const detail =
      '[0].providerSlotId: "7_2026-03-02T04:00" is listed several times with different content; the slot is left out';
    expect(oddities).toEqual([{ code: 'slot_dropped', detail, slots: 3 }]);
  });

  it('are the first of them where they differ in nothing but what people read', () => {
    const slot = leapSlot();
    const again = leapSlot({ paxAvailability: [leapPax({ name: 'Adults', description: null })] });
    const unstorable = leapSlot({ paxAvailability: [leapPax({ name: 'a\0b' })] });
    expect(readList([slot, again, unstorable])).toEqual(readList([slot]));
    expect(readList([again, slot])).toEqual(readList([again]));
  });

  it.each<[what: string, fields: Fields]>([
    ['the places', { remaining: 19 }],
    ['the places, of which one names none', { remaining: null }],
    ['the end', { endTime: '05:00' }],
    ['the places of a pax type', { paxAvailability: [leapPax({ remaining: 19, name: 'Other' })] }],
    ['a bound', { paxAvailability: [leapPax({ max: 8 })] }],
    ['the price', { paxAvailability: [leapPax({ price: leapPrice({ finalPrice: 212 }) })] }],
    ['what is primary', { paxAvailability: [leapPax({ isPrimary: false })] }],
    ['the pax types', { paxAvailability: [leapPax(), leapPax({ type: 'CHILD', isPrimary: false })] }],
  ])('contradict one another where they differ in %s', (_, fields) => {
    for (const slots of [
      [leapSlot(), leapSlot(fields)],
      [leapSlot(fields), leapSlot()],
    ])
      expect(readList(slots)).toMatchObject({ slots: [], dropped: 2 });
  });

  it('are several where they are of several variants', () => {
    const variants = [1, 2, null].map((variantId) => leapSlot({ variantId, remaining: Number(variantId) }));
    expect(readList(variants)).toMatchObject({
      slots: [{ variantId: 1 }, { variantId: 2 }, { variantId: null }],
      dropped: 0,
    });
  });
});

describe('a slot that is listed again, and can’t be read there', () => {
  const OTHERS = leapDay(2);

  it.each<[what: string, fields: Fields]>([
    ['in a count', { remaining: '5 left' }],
    ['in its start', { startTime: 'soon' }],
    ['in its end', { endTime: '48:00' }],
    ['in a price', { paxAvailability: [leapPax({ price: leapPrice({ finalPrice: 'free' }) })] }],
    ['in its pax types', { paxAvailability: null }],
    ['in its date', { startDate: 'today' }],
    ['in its date, which is an instant of the date before', { startDate: '2026-03-01T16:00:00Z' }],
    ['in its variant, which may be any', { variantId: 'x' }],
    ['because its start contradicts its date', { startTime: '2026-03-03T04:00' }],
  ])('%s, is contradicted as far as anybody can tell', (_, fields) => {
    for (const slots of [
      [leapSlot(), leapSlot(fields), ...OTHERS],
      [leapSlot(fields), ...OTHERS, leapSlot(), leapSlot()],
    ]) {
      const { slots: kept, oddities, dropped } = readList(slots);
      expect(kept).toEqual(readList(OTHERS).slots);
      expect(dropped).toBe(slots.length - OTHERS.length);
      expect(oddities).toMatchObject([{ code: 'slot_dropped', slots: dropped }]);
    }
  });

  it('is told with the reason', () => {
    expect(readList([leapSlot(), leapSlot({ remaining: '5 left' })]).oddities[0]?.detail).toBe(
      '[0].providerSlotId: "7_2026-03-02T04:00" is listed again, but can\'t be read there ' +
        '([1].remaining: expected a whole number, got "5 left"); the slot is left out',
    );
    const long = 'x'.repeat(500);
    const slots = [{}, { paxAvailability: [leapPax({ remaining: long })] }].map((fields) =>
      leapSlot({ providerSlotId: long, ...fields }),
    );
    const detail = readList(slots).oddities[0]?.detail ?? '';
    expect(detail).toMatch(/\[1\]\.paxAvailability\[0\]\.remaining: expected .*; the slot is left out$/);
    expect(detail.length).toBeLessThanOrEqual(300);
  });

  it.each<[what: string, fields: Fields]>([
    ['in another variant', { variantId: 33, remaining: '5 left' }],
    ['without a variant', { variantId: null, remaining: '5 left' }],
    ['under another id', { providerSlotId: 'other', remaining: '5 left' }],
    ['under an id that can’t be read either', { providerSlotId: {}, remaining: '5 left' }],
    ['on another date', { startDate: '2026-03-03' }],
    ['on another date, at some time', { startDate: '2026-03-03T04:00' }],
    ['on the date that its start names', { startDate: null, startTime: '2026-03-03T04:00' }],
    ['after the midnight of the date', { startTime: '24:30' }],
  ])('%s, contradicts nothing', (_, fields) => {
    const { slots, dropped } = readList([leapSlot(), leapSlot(fields), ...OTHERS]);
    expect([slots, dropped]).toEqual([readList([leapSlot(), ...OTHERS]).slots, 1]);
  });

  it('never brings in or keeps what the order of the list decides', () => {
    const any = fc.record(
      {
        providerSlotId: fc.constantFrom('a', 'b'),
        variantId: fc.constantFrom(1, 2, 'x'),
        remaining: fc.constantFrom(1, 2, 'many'),
        startDate: fc.constantFrom('2026-03-02', '2026-03-03'),
      },
      { noNullPrototype: true },
    );
    const lists = fc
      .array(any, { minLength: 1, maxLength: 8 })
      .chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
      );
    const ids = (list: readonly Fields[]): string[] =>
      readList(list.map((fields) => leapSlot({ ...fields })))
        .slots.map(({ providerSlotId, variantId, remaining }) => `${providerSlotId} ${variantId} ${remaining}`)
        .sort();
    fc.assert(
      fc.property(lists, ([list, shuffled]) => {
        const read = ids(list);
        expect(ids(shuffled)).toEqual(read);
        const here = list.filter(({ startDate }) => startDate === '2026-03-02');
        // What is left of an id is what every element of it says that can be of it.
        for (const { providerSlotId, variantId } of here) {
          const said = here.filter(
            (s) => s.providerSlotId === providerSlotId && [variantId, 'x'].includes(s.variantId),
          );
          const sure = said.every((s) => s.variantId !== 'x' && s.remaining === said[0]?.remaining);
          const taken = sure && said[0]?.remaining !== 'many' && variantId !== 'x';
          expect(read.filter((each) => each.startsWith(`${providerSlotId} ${variantId} `))).toHaveLength(taken ? 1 : 0);
        }
      }),
    );
  });
});
