import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PaxAvailability } from '../../inventory/index.js';
import { octoOption, octoPrice, octoProduct, octoSlot, octoUnit } from '../../../test/fixtures/octo-answers.js';
import { NO_MASK } from '../../../test/fixtures/leap-answers.js';
import { dayOf, slotOf, whyDropped } from '../../../test/setup/octo-reading.js';
import type { OctoUnit } from './octo-product.js';
import { readProduct } from './read-product.js';

type Fields = Record<string, unknown>;

function priced(fields: Fields): Fields {
  return octoSlot({ unitPricing: [{ unitId: 'unit_a', ...octoPrice(fields) }] });
}

function priceOf(fields: Fields): PaxAvailability['price'] | undefined {
  return slotOf(priced(fields)).paxAvailability[0]?.price;
}

function unitsOf(...units: Fields[]): ReadonlyMap<string, OctoUnit> {
  const product = readProduct(octoProduct({ options: [octoOption({ units })] }), NO_MASK);
  return product?.options[0]?.units ?? new Map();
}

describe('a price', () => {
  it('is exactly the decimal number that its minor units are', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 40 }), fc.nat({ max: 6 }), (retail, currencyPrecision) => {
        const text = String(retail).padStart(currencyPrecision + 1, '0');
        const at = text.length - currencyPrecision;
        const price = priceOf({ retail, original: null, currencyPrecision });
        expect(price?.finalPrice).toBe(Number(`${text.slice(0, at)}.${text.slice(at)}0`));
      }),
    );
  });

  it.each<[Fields, Fields]>([
    [
      { retail: 1_999, original: 1_999 },
      { finalPrice: 19.99, originalPrice: 19.99, discount: 0 },
    ],
    [
      { retail: 2_000, original: 3_000 },
      { finalPrice: 20, originalPrice: 30, discount: 33.33 },
    ],
    [
      { retail: 0, original: 3_000 },
      { finalPrice: 0, originalPrice: 30, discount: 100 },
    ],
    [
      { retail: 0, original: 0 },
      { finalPrice: 0, originalPrice: 0, discount: 0 },
    ],
    [
      { retail: 3_000, original: 2_000 },
      { finalPrice: 30, originalPrice: 20, discount: null },
    ],
    [
      { retail: 3_000, original: null },
      { finalPrice: 30, originalPrice: null, discount: null },
    ],
    [
      { retail: 5_000, original: 6_000, currency: 'JPY', currencyPrecision: 0 },
      { finalPrice: 5_000, currencyCode: 'JPY' },
    ],
    [
      { retail: 12_345, original: null, currency: 'kwd', currencyPrecision: 3 },
      { finalPrice: 12.345, currencyCode: 'KWD' },
    ],
    [{ currency: null }, { currencyCode: 'EUR' }],
  ])('%j is %j', (fields, read) => {
    expect(priceOf(fields)).toMatchObject(read);
  });

  it('loses an original price that can’t be read, which is reported', () => {
    expect(dayOf(priced({ original: 'much' }), '2026-06-01')).toMatchObject({
      slots: [{ paxAvailability: [{ price: { finalPrice: 19.99, originalPrice: null, discount: null } }] }],
      oddities: [{ code: 'unreadable_amount' }],
    });
  });

  it.each<Fields>([
    { retail: -1 },
    { retail: 19.99 },
    { retail: 'free' },
    { retail: 2 ** 53 },
    { currencyPrecision: null },
    { currencyPrecision: 9 },
    { currencyPrecision: -1 },
    { currency: 'euro' },
  ])('can’t be read with %j: the slot is left out', (fields) => {
    expect(whyDropped(priced(fields))).toMatch(/^slot_dropped: \[0\]\.unitPricing\[0\]\.\w+: /);
  });

  it.each<Fields>([{ retail: null }, { retail: undefined }, { retail: '' }])('is none with %j', (fields) => {
    expect(whyDropped(priced(fields))).toBe(
      'slot_dropped: [0].unitPricing: the slot has no price; the slot is left out',
    );
    const closed = { available: false, status: 'SOLD_OUT', vacancies: 0 };
    const none = { slots: [], oddities: [], dropped: 0 };
    expect(dayOf({ ...priced(fields), ...closed }, '2026-06-01')).toEqual(none);
    const perBooking = octoSlot({ unitPricing: [], pricing: [octoPrice(fields)] });
    expect(whyDropped(perBooking)).toContain('the slot has no price');
    expect(dayOf({ ...perBooking, ...closed }, '2026-06-01')).toEqual(none);
  });

  it('is that of the preferred currency, or of the first one', () => {
    const inThree = ['USD', 'EUR', 'GBP'].map((currency, i) => ({
      unitId: 'unit_a',
      ...octoPrice({ currency, retail: i, original: null }),
    }));
    const item = octoSlot({ unitPricing: [...inThree, { unitId: 'unit_c', ...octoPrice({ currency: 'USD' }) }] });
    const currenciesFor = (...currencies: string[]) => {
      const { currencyCode, paxAvailability } = slotOf(item, { currencies });
      return [currencyCode, ...paxAvailability.map(({ price }) => price.currencyCode)];
    };
    expect(currenciesFor('GBP', 'EUR')).toEqual(['GBP', 'GBP', 'USD']);
    expect(currenciesFor('CHF', 'EUR')).toEqual(['EUR', 'EUR', 'USD']);
    expect(currenciesFor()).toEqual(['USD', 'USD', 'USD']);
  });

  it('per booking is one pax type, of which a booking has one', () => {
    const slot = slotOf(octoSlot({ unitPricing: undefined, pricing: octoPrice({ retail: 9_900, original: null }) }));
    expect(slot).toMatchObject({ currencyCode: 'EUR', remaining: 12 });
    expect(slot.paxAvailability).toEqual([
      {
        ...{ type: 'BOOKING', name: null, description: null, isPrimary: true, min: 1, max: 1, remaining: 12 },
        price: { finalPrice: 99, originalPrice: null, discount: null, currencyCode: 'EUR' },
        ...{ category: null, minAge: null, maxAge: null },
      },
    ]);
  });

  it('never shows the net price, in no slot and no oddity', () => {
    const NET = 31_337;
    const broken = [{ retail: null }, { original: 'x' }, { currency: 7 }, { net: `${NET}` }, {}];
    const said = broken.map((fields) => JSON.stringify(dayOf(priced({ net: NET, ...fields }), '2026-06-01')));
    expect(said.filter((text) => text.includes(String(NET)) || text.includes('313.37'))).toEqual([]);
  });
});

describe('a unit', () => {
  it.each([
    ['ADULT', 'ADULT'],
    ['YOUTH', 'YOUTH'],
    ['CHILD', 'CHILD'],
    ['INFANT', 'INFANT'],
    ['FAMILY', 'FAMILY'],
    ['SENIOR', 'SENIOR'],
    ['STUDENT', 'STUDENT'],
    ['MILITARY', 'OTHER'],
    ['OTHER', 'OTHER'],
    ['adult', 'ADULT'],
    ['LOCAL', null],
    [7, null],
  ])('of type %j is for %j', (type, category) => {
    expect(unitsOf(octoUnit({ type })).get('unit_a')?.category).toBe(category);
  });

  it('is bounded by the product and by the slot, whichever is less', () => {
    const maxOf = (maxQuantity: unknown, maxUnits: unknown) =>
      slotOf(octoSlot({ maxUnits }), { units: unitsOf(octoUnit({}, { maxQuantity }), octoUnit({ id: 'unit_c' })) })
        .paxAvailability[0]?.max;
    expect([maxOf(9, 4), maxOf(3, 4), maxOf(null, 4), maxOf(9, null), maxOf(null, null)]).toEqual([4, 3, 4, 9, null]);
  });

  it('that takes several places has so many less', () => {
    const units = unitsOf(octoUnit({}, { paxCount: 5 }), octoUnit({ id: 'unit_c' }));
    const { paxAvailability } = slotOf(octoSlot(), { units });
    expect(paxAvailability.map(({ remaining, places }) => [remaining, places])).toEqual([
      [2, 5],
      [12, undefined],
    ]);
  });

  it('is the primary one if it is the first adult of the product, wherever it is priced', () => {
    const units = unitsOf(octoUnit({ id: 'child', type: 'CHILD' }), octoUnit({ id: 'b' }), octoUnit({ id: 'a' }));
    const unitPricing = ['a', 'child', 'b'].map((unitId) => ({ unitId, ...octoPrice() }));
    const primary = slotOf(octoSlot({ unitPricing }), { units }).paxAvailability.filter(({ isPrimary }) => isPrimary);
    expect(primary.map(({ type }) => type)).toEqual(['b']);
  });

  it('that the product does not list has its price alone, which is reported', () => {
    expect(dayOf(octoSlot(), '2026-06-01', { units: new Map() })).toMatchObject({
      slots: [{ paxAvailability: [{ type: 'unit_a', name: null, category: null, price: { finalPrice: 19.99 } }, {}] }],
      oddities: [
        { code: 'unknown_pax_type', detail: '[0].unitPricing[0].unitId: "unit_a" is no unit of the product', slots: 1 },
      ],
    });
  });

  it('without a price is left out of the others, which is reported', () => {
    const [adult] = [octoSlot().unitPricing].flat();
    const unitPricing = [adult, { unitId: 'unit_c', ...octoPrice({ retail: null, original: null }) }];
    for (const fields of [{}, { available: false, status: 'SOLD_OUT', vacancies: 0 }]) {
      const day = dayOf(octoSlot({ unitPricing, ...fields }), '2026-06-01');
      expect(day).toMatchObject({ slots: [{ currencyCode: 'EUR' }], dropped: 0 });
      expect(day.slots[0]?.paxAvailability.map(({ type }) => type)).toEqual(['unit_a']);
      const detail = '[0].unitPricing[1].retail: null was read as no price; the unit is left out';
      expect(day.oddities).toEqual([{ code: 'unreadable_amount', detail, slots: 1 }]);
    }
  });

  it('without a price in one currency has that in another', () => {
    const prices = [octoPrice({ retail: null }), octoPrice({ retail: 700, currency: 'USD' })];
    const price = { finalPrice: 7, currencyCode: 'USD' };
    const perUnit = slotOf(octoSlot({ unitPricing: prices.map((each) => ({ unitId: 'unit_a', ...each })) }));
    expect(perUnit.paxAvailability).toMatchObject([{ type: 'unit_a', price }]);
    const perBooking = slotOf(octoSlot({ unitPricing: [{ unitId: 'unit_a', retail: null }], pricing: prices }));
    expect(perBooking.paxAvailability).toMatchObject([{ type: 'BOOKING', price }]);
  });

  it('that is priced twice is taken once, which is reported', () => {
    const unitPricing = [1, 2].map((retail) => ({ unitId: 'unit_a', ...octoPrice({ retail }) }));
    expect(dayOf(octoSlot({ unitPricing }), '2026-06-01')).toMatchObject({
      slots: [{ paxAvailability: [{ price: { finalPrice: 0.01 } }] }],
      oddities: [{ code: 'duplicate_pax_type' }],
    });
  });

  it('without an id makes the slot unreadable', () => {
    expect(whyDropped(octoSlot({ unitPricing: [octoPrice()] }))).toContain('unitPricing[0].unitId: expected text');
    expect(whyDropped(octoSlot({ unitPricing: ['x'] }))).toContain('expected a price of a unit, got "x"');
  });
});
