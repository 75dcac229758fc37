import type { ProductFacts, UnitFacts } from './product-facts.js';
import { withoutUnit } from './slot-pricing.js';

/** Each experience is one product with this one option. */
export const OPTION = 'DEFAULT';

/** Stand for ages that are not known. */
const [YOUNGEST, OLDEST] = [0, 99];

export interface ProductHead {
  readonly id: number;
  readonly name: string | null;
  readonly timeZone: string;
}

/** A product as `GET /products` lists it. What a mirror can't know is fixed, see README.md. */
export function productBody({ id, name, timeZone }: ProductHead, facts: ProductFacts, pricing: boolean): object {
  const [defaultCurrency] = facts.currencies;
  return {
    id: String(id),
    internalName: name ?? String(id),
    reference: null,
    locale: 'en',
    timeZone,
    allowFreesale: false,
    instantConfirmation: false,
    instantDelivery: false,
    availabilityRequired: true,
    availabilityType: facts.type,
    deliveryFormats: ['QRCODE'],
    deliveryMethods: ['VOUCHER'],
    redemptionMethod: 'DIGITAL',
    ...(pricing &&
      defaultCurrency !== undefined && {
        defaultCurrency,
        availableCurrencies: facts.currencies,
        pricingPer: facts.perBooking ? 'BOOKING' : 'UNIT',
      }),
    options: [optionBody(facts, pricing)],
  };
}

function optionBody(facts: ProductFacts, pricing: boolean): object {
  const { type, startTimes, units, pricingFrom } = facts;
  return {
    id: OPTION,
    default: true,
    internalName: OPTION,
    reference: null,
    // Of a product of which no slot is known nothing else can be said.
    availabilityLocalStartTimes: type === 'OPENING_HOURS' ? [] : startTimes.length > 0 ? startTimes : ['00:00'],
    // The terms of the supplier are not mirrored: nobody may be promised that cancelling is free.
    cancellationCutoff: '365 days',
    cancellationCutoffAmount: 365,
    cancellationCutoffUnit: 'day',
    requiredContactFields: [],
    restrictions: { minUnits: 0, maxUnits: null },
    units: units.map((unit) => ({ ...unitBody(unit), ...(pricing && unitFrom(unit, facts)) })),
    ...(pricing && facts.perBooking && { pricingFrom: pricingFrom ? [pricingFrom] : [] }),
  };
}

function unitBody({ id, name, category, minAge, maxAge, min, max, places }: UnitFacts): object {
  return {
    id,
    internalName: name ?? id,
    reference: null,
    type: category ?? 'OTHER',
    restrictions: {
      minAge: minAge ?? YOUNGEST,
      maxAge: maxAge ?? OLDEST,
      idRequired: false,
      minQuantity: min,
      maxQuantity: max,
      paxCount: places,
      accompaniedBy: [],
    },
    requiredContactFields: [],
  };
}

function unitFrom({ id }: UnitFacts, { unitPricingFrom, perBooking }: ProductFacts): object {
  if (perBooking) return {};
  const found = unitPricingFrom.filter(({ unitId }) => unitId === id);
  return { pricingFrom: found.map(withoutUnit) };
}
