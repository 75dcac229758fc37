import type { SuppliedSlot } from '../../src/inventory/index.js';
import type { RequestedAvailability } from '../../src/supplier/octo/octo-request.js';
import { readOctoAnswer } from '../../src/supplier/octo/read-octo-answer.js';
import type { DayAnswer } from '../../src/supplier/index.js';
import type { LocalDate } from '../../src/time/index.js';
import { requested } from '../fixtures/octo-answers.js';

/** The days of an answer that can be read. */
export function readItems(
  items: readonly unknown[],
  by: Partial<RequestedAvailability> = {},
): ReadonlyMap<string, DayAnswer> {
  const days = readOctoAnswer(JSON.stringify(items), requested(by));
  return new Map([...days].map(([date, day]) => [date, readable(day)]));
}

/** What one item is read as, on the date that it names. */
export function dayOf(item: object, date: string, by: Partial<RequestedAvailability> = {}): DayAnswer {
  const only = date as LocalDate;
  const day = readItems([item], { first: only, last: only, ...by }).get(date);
  if (!day) throw new Error(`no day ${date}`);
  return day;
}

/** The only slot of the first date, about which nothing is odd. */
export function slotOf(item: object, by: Partial<RequestedAvailability> = {}, date = '2026-06-01'): SuppliedSlot {
  const { slots, oddities, dropped } = dayOf(item, date, by);
  const [slot] = slots;
  if (!slot || dropped > 0 || oddities.length > 0) throw new Error(JSON.stringify({ slots: slots.length, oddities }));
  return slot;
}

/** Why the only item was left out. */
export function whyDropped(item: object, by: Partial<RequestedAvailability> = {}, date = '2026-06-01'): string {
  const { slots, oddities, dropped } = dayOf(item, date, by);
  if (slots.length > 0 || dropped !== 1) throw new Error(`${slots.length} slots, ${dropped} dropped`);
  return oddities.map(({ code, detail }) => `${code}: ${detail}`).join('\n');
}

function readable(day: DayAnswer | Error): DayAnswer {
  if (day instanceof Error) throw day;
  return day;
}
