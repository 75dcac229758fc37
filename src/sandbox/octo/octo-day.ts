import { cheapest, cheapestByUnit } from './octo-price.js';
import type { OctoProduct } from './octo-product.js';
import type { OctoDay, OctoPlaces, OctoSlot, OctoStatus } from './octo-slot.js';

/** The best status that a slot of the day has is the day's. */
const BEST_FIRST: readonly OctoStatus[] = ['FREESALE', 'AVAILABLE', 'LIMITED', 'SOLD_OUT'];

/** A day of the calendar, made of its slots; without slots it is closed. */
export function octoDay({ pricingPer, freesale }: OctoProduct, localDate: string, slots: readonly OctoSlot[]): OctoDay {
  const open = slots.some(({ available }) => available) ? slots.filter(({ available }) => available) : slots;
  const pricingFrom = cheapest(open.flatMap(({ pricing = [] }) => pricing));
  return {
    localDate,
    ...placesOfDay(slots, freesale),
    openingHours: slots[0]?.openingHours ?? [],
    ...(pricingPer === 'UNIT'
      ? { unitPricingFrom: cheapestByUnit(open.flatMap(({ unitPricing = [] }) => unitPricing)) }
      : pricingFrom && { pricingFrom }),
  };
}

function placesOfDay(slots: readonly OctoSlot[], freesale: boolean): OctoPlaces {
  const most = (of: 'vacancies' | 'capacity'): number | null =>
    freesale ? null : Math.max(0, ...slots.map((slot) => slot[of] ?? 0));
  return {
    available: slots.some(({ available }) => available),
    status: BEST_FIRST.find((status) => slots.some((slot) => slot.status === status)) ?? 'CLOSED',
    vacancies: most('vacancies'),
    capacity: most('capacity'),
  };
}
