import type { Slot, SpanDay } from '../inventory/index.js';
import { datesFrom, daysBetween, type LocalDate } from '../time/index.js';
import { availabilityItem, type AvailabilityItem } from './availability-item.js';
import type { AvailabilityQuery } from './availability-query.js';
import { calendarItem } from './calendar-item.js';
import { soldUntil } from './day-age.js';
import { mirroredItems } from './mirrored-day.js';
import type { ProductFacts } from './product-facts.js';

export interface AnswerContext {
  readonly facts: ProductFacts;
  readonly zone: string;
  readonly now: Date;
  readonly pricing: boolean;
  /** With each day as it is stored. */
  readonly mirrored: boolean;
}

/** The body of an answer, and when it changes by the clock. */
export interface AvailabilityAnswer {
  readonly body: string;
  /** A slot of it closes, or a day gets too old; epoch milliseconds. */
  readonly changesAt: number;
}

/** @param days the known days of the query */
export function availabilityAnswer(
  query: AvailabilityQuery,
  days: readonly SpanDay[],
  context: AnswerContext,
): AvailabilityAnswer {
  const items = new Map(days.map((day) => [day.date, itemsOf(day, query, context)]));
  const { kind, first, last, ids } = query;
  const list =
    kind === 'calendar'
      ? datesFrom(first, daysBetween(first, last) + 1).map((date) => dayOf(date, items.get(date) ?? [], context))
      : [...items.values()].flat().filter(({ id }) => ids === null || ids.includes(id));
  const shown = context.pricing ? list : list.map(withoutPrices);
  return { body: JSON.stringify(shown), changesAt: changesAt([...items.values()].flat(), days, context.now.getTime()) };
}

function itemsOf(day: SpanDay, { party, kind }: AvailabilityQuery, context: AnswerContext): AvailabilityItem[] {
  const { facts, zone, now } = context;
  const mirrored = context.mirrored && kind === 'availability';
  const own = { type: facts.type, zone, now, tooOld: soldUntil(day) <= now.getTime(), party, unpriced: mirrored };
  const itemOf = (slot: Slot) => availabilityItem(slot, day.date, own);
  return mirrored ? mirroredItems(day, itemOf, zone) : day.slots.flatMap((slot) => itemOf(slot) ?? []);
}

function dayOf(date: LocalDate, items: readonly AvailabilityItem[], { facts }: AnswerContext): object {
  return calendarItem(date, items, facts.usualHours);
}

function changesAt(items: readonly AvailabilityItem[], days: readonly SpanDay[], now: number): number {
  const instants = [...items.map(({ utcCutoffAt }) => Date.parse(utcCutoffAt)), ...days.map(soldUntil)];
  return instants.reduce((next, at) => (at > now && at < next ? at : next), Infinity);
}

const PRICES: readonly string[] = ['unitPricing', 'pricing', 'unitPricingFrom', 'pricingFrom'];

function withoutPrices(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !PRICES.includes(name)));
}
