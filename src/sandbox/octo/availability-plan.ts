import { daysAfter } from '../calendar.js';
import { type AvailabilityQuery, availabilityQuery, calendarQuery, type QueryRules } from './availability-query.js';
import { octoDay } from './octo-day.js';
import type { OctoSlot } from './octo-slot.js';
import type { Plan } from './plan.js';

export interface Asked {
  body: unknown;
  withPricing: boolean;
}

export function availabilityPlan({ body, withPricing }: Asked, rules: QueryRules): Plan {
  const query = availabilityQuery(body, rules);
  const ids = query.ids;
  const slots = (dates: readonly string[]) => dates.flatMap((date) => slotsOf(query, date, rules));
  const answer = (all: OctoSlot[]) => (withPricing ? all : all.map(withoutPrices));
  return {
    body: () => answer(slots(query.dates).filter(({ id }) => ids === undefined || ids.has(id))),
    bodyOfAnotherDate: () => answer(slots(otherDates(query, rules))),
  };
}

export function calendarPlan({ body, withPricing }: Asked, rules: QueryRules): Plan {
  const query = calendarQuery(body, rules);
  const days = (dates: readonly string[]) =>
    dates.map((date) => octoDay(query.sold, date, slotsOf(query, date, rules)));
  const answer = (dates: readonly string[]) => (withPricing ? days(dates) : days(dates).map(withoutPrices));
  return { body: () => answer(query.dates), bodyOfAnotherDate: () => answer(otherDates(query, rules)) };
}

function slotsOf({ sold, option }: AvailabilityQuery, date: string, { truth }: QueryRules): OctoSlot[] {
  return truth.slots(sold, option, date, truth.now());
}

/** As many dates, from the next one after them on that has slots: those of closed days would look right. */
function otherDates(query: AvailabilityQuery, rules: QueryRules): string[] {
  const last = query.dates.at(-1) ?? '';
  const days = Array.from({ length: 7 }, (_, index) => index + 1);
  const from = days.find((day) => slotsOf(query, daysAfter(last, day), rules).length > 0) ?? 1;
  return query.dates.map((_, index) => daysAfter(last, from + index));
}

function withoutPrices<T extends object>(item: T): Partial<T> {
  const prices = ['unitPricing', 'pricing', 'unitPricingFrom', 'pricingFrom'];
  return Object.fromEntries(Object.entries(item).filter(([field]) => !prices.includes(field))) as Partial<T>;
}
