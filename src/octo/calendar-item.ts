import type { LocalDate } from '../time/index.js';
import type { AvailabilityItem, OctoStatus } from './availability-item.js';
import type { OpeningHours } from './availability-type.js';
import { pricingFrom, type SlotPricing } from './slot-pricing.js';

/** An element of the answer to `POST /availability/calendar`. */
interface CalendarItem extends ReturnType<typeof pricingFrom> {
  readonly localDate: LocalDate;
  readonly available: boolean;
  readonly status: OctoStatus;
  readonly vacancies: number | null;
  readonly capacity: null;
  readonly openingHours: readonly OpeningHours[];
}

/** The best status of its slots is the day’s. */
const BEST_FIRST: readonly OctoStatus[] = ['FREESALE', 'AVAILABLE', 'SOLD_OUT'];

/**
 * @param items of the date; none: nothing can be booked, or nothing is known
 * @param usual the hours of a date that has none of its own
 */
export function calendarItem(
  localDate: LocalDate,
  items: readonly AvailabilityItem[],
  usual: readonly OpeningHours[],
): CalendarItem {
  const open = items.filter(({ available }) => available);
  const hours = items.flatMap(({ openingHours }) => openingHours);
  const priced: readonly SlotPricing[] = open.length > 0 ? open : items;
  return {
    localDate,
    available: open.length > 0,
    status: BEST_FIRST.find((status) => items.some((item) => item.status === status)) ?? 'CLOSED',
    vacancies: items.reduce<number | null>((most, { vacancies }) => greater(most, vacancies), 0),
    capacity: null,
    openingHours: hours.length > 0 ? hours : usual,
    ...pricingFrom(priced),
  };
}

/** Null: unlimited. */
function greater(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}
