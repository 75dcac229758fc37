import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { leapPax, leapPrice, leapSlot, leapSlotOfPax } from '../../../test/fixtures/leap-answers.js';
import { paxOf, readList, slotOf, whyDropped } from '../../../test/setup/leap-reading.js';
import { dayDocument } from '../../inventory/index.js';

describe('a currency', () => {
  const eur = leapPrice({ currencyCode: 'EUR' });
  const none = leapPrice({ currencyCode: null });

  it.each<[what: string, slot: object, currencies: string[]]>([
    ['in whatever case', leapSlot({ currencyCode: ' sgd ' }), ['SGD', 'SGD']],
    ['of the slot, where a price has none', ofPrices('SGD', none, eur), ['SGD', 'SGD', 'EUR']],
    ['of the primary pax type, where the slot has none', ofPrices(null, eur, leapPrice()), ['EUR', 'EUR', 'SGD']],
    ['that is the only one named, where the primary has none', ofPrices('', none, eur), ['EUR', 'EUR', 'EUR']],
  ])('is read %s', (_, sent, currencies) => {
    const slot = slotOf(sent);
    const read = [slot.currencyCode, ...slot.paxAvailability.map(({ price }) => price.currencyCode)];
    expect(read).toEqual(currencies);
  });

  it('is needed somewhere', () => {
    expect(whyDropped(ofPrices(null, none, none))).toContain('[0].currencyCode: the slot has no currency');
  });

  function ofPrices(currencyCode: string | null, primary: object, other: object): object {
    const child = leapPax({ type: 'CHILD', isPrimary: false, price: other });
    return leapSlot({ currencyCode, paxAvailability: [leapPax({ price: primary }), child] });
  }
});

describe('a pax type', () => {
  it.each([true, 1, 'true'])('is primary by %j', (isPrimary) => {
    expect(paxOf(leapSlotOfPax({ isPrimary })).isPrimary).toBe(true);
  });

  it.each([false, 0, 'false', null, undefined])('is not primary by %j', (isPrimary) => {
    expect(paxOf(leapSlotOfPax({ isPrimary })).isPrimary).toBe(false);
  });

  it.each<[sent: unknown, read: string | null]>([
    [null, null],
    [undefined, null],
    ['', ''],
    ['Café 🎟️', 'Café 🎟️'],
    [12, '12'],
    ['x'.repeat(5_000), 'x'.repeat(5_000)],
  ])('is named and described by %j', (sent, read) => {
    expect(paxOf(leapSlotOfPax({ name: sent, description: sent }))).toMatchObject({ name: read, description: read });
  });

  it.each(['a\0b', '\ud800', 'x'.repeat(5_001), true, {}, ['x']])('loses a label that can’t be stored: %j', (sent) => {
    const [pax] = slotOf(leapSlotOfPax({ name: sent, description: 'kept' }), 'unreadable_label').paxAvailability;
    expect(pax).toMatchObject({ name: null, description: 'kept' });
  });

  it('of which a booking takes at most 0 is one that nobody can book', () => {
    // "No bound" would be the other reading: of the two, this one never sells what can't be bought.
    for (const max of [0, '0', -0]) {
      const slot = slotOf(leapSlotOfPax({ min: 0, max }));
      expect(slot.paxAvailability[0]).toMatchObject({ min: 0, max: 0, remaining: 20 });
      expect(dayDocument([slot]).summary.openSlots).toBe(0);
    }
  });

  it('is taken once, as it is listed first, with the lesser of what remains', () => {
    const slot = leapSlot({ paxAvailability: [leapPax(), leapPax({ isPrimary: false, remaining: 3 })] });
    expect(slotOf(slot, 'duplicate_pax_type')).toEqual(
      slotOf(leapSlot({ paxAvailability: [leapPax({ remaining: 3 })] })),
    );
    expect(readList([slot]).oddities[0]?.detail).toBe(
      '[0].paxAvailability[1].type: "ADULT_12~99" is listed twice; the first was taken, with the lesser remaining',
    );
  });

  it('is silently one where it is repeated exactly', () => {
    expect(slotOf(leapSlot({ paxAvailability: [leapPax(), leapPax()] }))).toEqual(slotOf(leapSlot()));
  });

  it('is primary alone: the one that is listed first', () => {
    const slot = leapSlot({
      paxAvailability: [leapPax({ isPrimary: 0, type: 'X' }), leapPax(), leapPax({ type: 'B' })],
    });
    const primary = slotOf(slot, 'several_primaries').paxAvailability.filter(({ isPrimary }) => isPrimary);
    expect(primary.map(({ type }) => type)).toEqual(['ADULT_12~99']);
  });
});
