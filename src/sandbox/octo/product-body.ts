import type { PaxType } from '../product.js';
import { type OctoPricing, octoPricing, unitId } from './octo-price.js';
import type { OctoOption, OctoProduct } from './octo-product.js';

const MOST_UNITS = 20;

/** Ages up to which nobody comes alone. */
const ALONE_FROM = 13;

/** A product as `GET /products` lists it. */
export function productBody(sold: OctoProduct, withPricing: boolean): object {
  const { product, pricingPer } = sold;
  const pricing = { defaultCurrency: product.currencyCode, availableCurrencies: [product.currencyCode], pricingPer };
  return {
    id: sold.id,
    internalName: product.name,
    reference: product.variantKey,
    locale: 'en',
    timeZone: sold.timeZone,
    allowFreesale: sold.freesale,
    instantConfirmation: true,
    instantDelivery: true,
    availabilityRequired: true,
    availabilityType: sold.availabilityType,
    deliveryFormats: ['QRCODE'],
    deliveryMethods: ['VOUCHER'],
    redemptionMethod: 'DIGITAL',
    ...(withPricing ? pricing : {}),
    options: sold.options.map((option, index) => optionBody(sold, option, index, withPricing)),
  };
}

function optionBody(sold: OctoProduct, option: OctoOption, index: number, withPricing: boolean): object {
  const { product, availabilityType, pricingPer } = sold;
  const prices = (pax: PaxType): OctoPricing[] => [usualPrice(pax, index * product.alternateCents, sold)];
  return {
    id: option.id,
    default: index === 0,
    internalName: option.name,
    reference: null,
    availabilityLocalStartTimes: availabilityType === 'OPENING_HOURS' ? ['00:00'] : option.times,
    cancellationCutoff: '0 hours',
    cancellationCutoffAmount: 0,
    cancellationCutoffUnit: 'hour',
    requiredContactFields: [],
    restrictions: { minUnits: 1, maxUnits: MOST_UNITS },
    units: product.paxTypes.map((pax) => ({
      ...unitBody(pax),
      ...(withPricing && pricingPer === 'UNIT' ? { pricingFrom: prices(pax) } : {}),
    })),
    ...(withPricing && pricingPer === 'BOOKING' ? { pricingFrom: prices(product.paxTypes[0]) } : {}),
  };
}

function unitBody({ name, ages: [minAge, maxAge] }: PaxType): object {
  return {
    id: unitId(name),
    internalName: name,
    reference: null,
    type: name.toUpperCase(),
    restrictions: {
      minAge,
      maxAge,
      idRequired: false,
      minQuantity: null,
      maxQuantity: MOST_UNITS,
      paxCount: 1,
      accompaniedBy: maxAge < ALONE_FROM ? ['adult'] : [],
    },
    requiredContactFields: [],
  };
}

/** Without what prices do with time: it is indicative, as such prices are. */
function usualPrice({ cents }: PaxType, moreCents: number, { product }: OctoProduct): OctoPricing {
  const finalPrice = cents === 0 ? 0 : (cents + moreCents) / 100;
  return octoPricing({ discount: 0, finalPrice, originalPrice: finalPrice, currencyCode: product.currencyCode });
}
