import { describe, expect, it } from '@jest/globals';
import type { PaxAvailability, Slot, SpanDay } from '../inventory/index.js';
import type { LocalDate } from '../time/index.js';
import { productBody } from './product-body.js';
import { productFacts } from './product-facts.js';

const PRICE = { finalPrice: 10, originalPrice: null, discount: null, currencyCode: 'EUR' };
const ADULT: PaxAvailability = {
  ...{ type: 'adult', name: 'Adult', description: null, isPrimary: true, min: 1, max: 9, remaining: 5, price: PRICE },
  ...{ category: 'ADULT', minAge: 13, maxAge: 99 },
};

function slot(startTime: string, endTime: string | null, paxAvailability: readonly PaxAvailability[] = [ADULT]): Slot {
  const fixed = {
    startDate: '2026-06-01',
    providerSlotId: startTime,
    variantId: null,
    remaining: 5,
    currencyCode: 'EUR',
  };
  return { ...fixed, startTime, endTime, price: PRICE, paxAvailability };
}

function factsOf(...days: readonly (readonly Slot[])[]) {
  const all = days.map((slots, i): SpanDay => {
    return { date: `2026-06-0${i + 1}` as LocalDate, confirmedAt: 0, staleAfter: 0, slots };
  });
  return productFacts(all);
}

describe('the type of a product', () => {
  it.each<[string, readonly (readonly Slot[])[], string, object[]]>([
    ['a day ticket', [[slot('00:00', '00:00')]], 'OPENING_HOURS', [{ from: '00:00', to: '23:59' }]],
    ['an entry window', [[], [slot('09:00', '18:00')]], 'OPENING_HOURS', [{ from: '09:00', to: '18:00' }]],
    ['a tour', [[slot('09:00', '10:00')]], 'START_TIME', []],
    ['a tour without an end', [[slot('09:00', null)]], 'START_TIME', []],
    ['a tour of the night', [[slot('00:00', '06:00')]], 'START_TIME', []],
    ['two windows on a date', [[slot('09:00', '13:00'), slot('13:00', '18:00')]], 'START_TIME', []],
    ['a ticket on one date, a tour on another', [[slot('00:00', '24:00')], [slot('10:00', '11:00')]], 'START_TIME', []],
    ['nothing', [[], []], 'START_TIME', []],
  ])('of %s', (_, days, type, usualHours) => {
    expect(factsOf(...days)).toMatchObject({ type, usualHours });
  });
});

describe('the units of a product', () => {
  it('are those of all its days, with the widest bounds and the cheapest prices', () => {
    const cheaper = { ...ADULT, minAge: 15, max: 20, price: { ...PRICE, finalPrice: 8.5 } };
    const fields = { name: null, category: null, minAge: null, maxAge: null, max: null, places: 2 };
    const child = { ...ADULT, ...fields, type: 'child' };
    const facts = factsOf([slot('09:00', '10:00')], [slot('11:00', '12:00', [cheaper, child])]);
    const body = productBody({ id: 7, name: 'Tour', timeZone: 'Europe/Paris' }, facts, true) as {
      options: { units: Record<string, unknown>[]; availabilityLocalStartTimes: string[] }[];
    };
    const [option] = body.options;
    expect(option?.availabilityLocalStartTimes).toEqual(['09:00', '11:00']);
    expect(option?.units).toMatchObject([
      {
        id: 'adult',
        type: 'ADULT',
        restrictions: { minAge: 13, maxAge: 99, minQuantity: 1, maxQuantity: 20, paxCount: 1 },
      },
      {
        id: 'child',
        internalName: 'child',
        type: 'OTHER',
        restrictions: { minAge: 0, maxAge: 99, maxQuantity: null, paxCount: 2 },
      },
    ]);
    expect(option?.units.map(({ pricingFrom }) => pricingFrom)).toMatchObject([[{ retail: 850 }], [{ retail: 1_000 }]]);
  });

  it('are one for the whole booking, where that is what is priced', () => {
    const booking = { ...ADULT, type: 'BOOKING', name: null, category: null, min: 1, max: 1 };
    const facts = factsOf([slot('09:00', '10:00', [booking])]);
    const body = productBody({ id: 7, name: null, timeZone: 'Europe/Paris' }, facts, true);
    expect(body).toMatchObject({
      pricingPer: 'BOOKING',
      options: [{ pricingFrom: [{ retail: 1_000 }], units: [{ id: 'BOOKING' }] }],
    });
  });
});
