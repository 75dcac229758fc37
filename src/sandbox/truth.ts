import { soldPlaces, soldShare } from './bookings.js';
import { weekdayOf } from './calendar.js';
import { fraction, hash } from './hash.js';
import type { LeapPax, LeapSlot } from './leap-slot.js';
import { priceChange, priceOf } from './prices.js';
import type { PaxType, Product } from './product.js';
import { timeBucket } from './time-bucket.js';

const VANISHED_SHARE = 0.01;
const VANISHED_HOURS = 6;

/** What the supplier would answer for a day at that instant. Nothing is remembered between two calls: the arguments decide it all. */
export function slotsOf(product: Product, date: string, now: number, seed: number): LeapSlot[] {
  if (!product.weekdays.includes(weekdayOf(date))) return [];
  const percent = priceChange(product, date, now, seed);
  const slots = product.times.map((time, index) => {
    const alternateCents = index % 2 === 1 ? product.alternateCents : 0;
    const price = (pax: PaxType) => priceOf(pax, alternateCents, percent, product.currencyCode);
    const sold = soldShare(product, date, time, now, seed);
    const left = (capacity: number) => capacity - soldPlaces(capacity, sold, [seed, product.id, date, time]);
    return slot(product, date, time, left, price);
  });
  return inNoOrder(stillListed(slots, product, now, seed), now, seed);
}

type PriceOf = (pax: PaxType) => LeapPax['price'];
/** How many places are left, of so many. */
type LeftOf = (capacity: number) => number;

function slot(product: Product, date: string, time: string, left: LeftOf, price: PriceOf): LeapSlot {
  return {
    startDate: date,
    startTime: time,
    endTime: time,
    providerSlotId: `${product.variantKey}_${date}T${time}`,
    remaining: left(product.capacity),
    currencyCode: product.currencyCode,
    variantId: product.variantId,
    paxAvailability: paxTypesOf(product, date, time).map((type, index) => pax(type, index === 0, left, price(type))),
  };
}

function paxTypesOf(product: Product, date: string, time: string): readonly PaxType[] {
  const weekday = weekdayOf(date);
  const primaryOnly = product.primaryOnly.some((except) => except.weekday === weekday && except.time === time);
  return primaryOnly ? product.paxTypes.slice(0, 1) : product.paxTypes;
}

function pax(type: PaxType, isPrimary: boolean, left: LeftOf, price: LeapPax['price']): LeapPax {
  const [from, to] = type.ages;
  return {
    max: 20,
    min: 1,
    remaining: left(type.capacity),
    type: `${type.name.toUpperCase()}_${from}~${to}`,
    isPrimary,
    description: `${from}-${to} years`,
    name: type.name,
    price,
  };
}

/** Now and then a slot is not listed for some hours, and then it is back. */
function stillListed(slots: LeapSlot[], product: Product, now: number, seed: number): LeapSlot[] {
  const bucket = timeBucket(now, VANISHED_HOURS, seed, product.id);
  return slots.filter(({ providerSlotId }) => fraction('vanished', seed, providerSlotId, bucket) >= VANISHED_SHARE);
}

/** The order of an answer means nothing, and changes by the hour to say so. */
function inNoOrder(slots: LeapSlot[], now: number, seed: number): LeapSlot[] {
  const bucket = timeBucket(now, 1);
  const placed = slots.map((each) => ({ each, place: hash('order', seed, each.providerSlotId, bucket) }));
  return placed.sort((one, other) => one.place - other.place).map(({ each }) => each);
}
