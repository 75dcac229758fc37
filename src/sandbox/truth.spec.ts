import { describe, expect, it } from '@jest/globals';
import { daysAfter } from './calendar.js';
import type { LeapSlot } from './leap-slot.js';
import { productsOf, product } from './products.js';
import { slotsOf } from './truth.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2025-03-28T03:00:00Z');
const THURSDAY = '2025-04-03';
const TUESDAY = '2025-04-08';
const SUNDAY = '2025-09-07';

const slots = (id: number, date: string, now = NOW, seed = 1): LeapSlot[] =>
  slotsOf(product(id, seed), date, now, seed);
const byTime = (list: LeapSlot[]): LeapSlot[] =>
  [...list].sort((one, other) => (one.startTime < other.startTime ? -1 : 1));

/** The union of many instants: whatever has vanished in one is there in another. */
function everyTime(id: number, date: string): LeapSlot[] {
  const seen = new Map<string, LeapSlot>();
  for (let hour = 0; hour < 60; hour += 6)
    for (const slot of slots(id, date, NOW + hour * HOUR)) seen.set(slot.startTime, slot);
  return byTime([...seen.values()]);
}

describe('the truth', () => {
  it('has the fields that the supplier has, in its order', () => {
    const hours = Array.from({ length: 100 }, (_, hour) => slots(15, SUNDAY, NOW + hour * HOUR)).flat();
    const atUsualPrice = hours.find(({ paxAvailability }) => paxAvailability[0]?.price.finalPrice === 341);
    expect(JSON.stringify(atUsualPrice)).toBe(
      '{"startDate":"2025-09-07","startTime":"00:00","endTime":"00:00","providerSlotId":"225532700015_2025-09-07T00:00",' +
        '"remaining":170,"currencyCode":"SGD","variantId":122,"paxAvailability":[' +
        '{"max":20,"min":1,"remaining":150,"type":"ADULT_12~99","isPrimary":true,"description":"12-99 years","name":"Adult",' +
        '"price":{"discount":0,"finalPrice":341,"originalPrice":441,"currencyCode":"SGD"}},' +
        '{"max":20,"min":1,"remaining":10,"type":"CHILD_5~15","isPrimary":false,"description":"5-15 years","name":"Child",' +
        '"price":{"discount":0,"finalPrice":137,"originalPrice":237,"currencyCode":"SGD"}},' +
        '{"max":20,"min":1,"remaining":10,"type":"INFANT_0~4","isPrimary":false,"description":"0-4 years","name":"Infant",' +
        '"price":{"discount":0,"finalPrice":0,"originalPrice":0,"currencyCode":"SGD"}}]}',
    );
  });

  it('lists nine half-hourly slots of product 14, without children at some of a Tuesday’s', () => {
    const times = ['04:00', '04:30', '05:00', '05:30', '06:00', '06:30', '07:00', '07:30', '08:00'];
    expect(everyTime(14, THURSDAY).map(({ startTime }) => startTime)).toEqual(times);
    expect(everyTime(14, THURSDAY).every(({ paxAvailability }) => paxAvailability.length === 2)).toBe(true);
    const adultsOnly = everyTime(14, TUESDAY).filter(({ paxAvailability }) => paxAvailability.length === 1);
    expect(adultsOnly.map(({ startTime }) => startTime)).toEqual(['04:00', '05:30', '07:30']);
  });

  it('is empty on the weekdays a product does not run on', () => {
    const week = Array.from({ length: 7 }, (_, day) => daysAfter('2025-04-06', day));
    expect(week.map((date) => everyTime(14, date).length > 0)).toEqual([true, false, true, false, true, false, false]);
    expect(week.map((date) => everyTime(15, date).length)).toEqual([1, 0, 0, 0, 0, 0, 0]);
  });

  it('follows from its arguments alone', () => {
    expect(slots(14, THURSDAY, NOW, 5)).toEqual(slots(14, THURSDAY, NOW, 5));
    expect(byTime(slots(14, THURSDAY, NOW, 5))).not.toEqual(byTime(slots(14, THURSDAY, NOW, 6)));
  });

  it('has one primary pax type per slot, prices in cents, and as many places as can be', () => {
    for (const { id } of productsOf(60)) {
      for (const slot of everyTime(id, daysAfter('2025-03-30', id % 7))) {
        expect(slot.endTime).toBe(slot.startTime);
        expect(slot.paxAvailability.filter(({ isPrimary }) => isPrimary)).toHaveLength(1);
        for (const { remaining, price } of slot.paxAvailability) {
          expect(Number.isInteger(remaining) && remaining >= 0).toBe(true);
          expect(price.finalPrice).toBe(Number(price.finalPrice.toFixed(2)));
        }
      }
    }
  });

  it('is in no order', () => {
    const orders = [THURSDAY, TUESDAY, SUNDAY].map((date) => slots(14, date).map(({ startTime }) => startTime));
    expect(orders.some((order) => order.join() !== [...order].sort().join())).toBe(true);
  });
});
