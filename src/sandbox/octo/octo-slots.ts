import type { LeapSlot } from '../leap-slot.js';
import { cheapest, cheapestByUnit, octoPricing, unitPricing } from './octo-price.js';
import { type OctoOption, type OctoProduct, optionOfTime } from './octo-product.js';
import type { OctoHours, OctoSlot } from './octo-slot.js';
import { placesOf } from './places.js';
import { instantOf, localIso } from './zone.js';

const MOST_UNITS = 20;
const MINUTE = 60_000;

/** A day's slots of one option in OCTO, made of the same day's slots in Leap. */
export function octoSlots(sold: OctoProduct, option: OctoOption, slots: readonly LeapSlot[], now: number): OctoSlot[] {
  const own = slots.filter(({ startTime }) => optionOfTime(sold, startTime) === option);
  if (sold.availabilityType === 'OPENING_HOURS') return wholeDay(sold, option, own, now);
  return own.map((slot) => startTimeSlot(sold, slot, now));
}

export function openingHoursOf({ minutes, availabilityType }: OctoProduct, { times }: OctoOption): OctoHours[] {
  const sorted = times.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (availabilityType === 'START_TIME' || first === undefined || last === undefined) return [];
  const closing = new Date(Date.parse(`1970-01-01T${last}Z`) + minutes * MINUTE).toISOString().slice(11, 16);
  return [{ from: first, to: closing }];
}

function startTimeSlot(sold: OctoProduct, slot: LeapSlot, now: number): OctoSlot {
  const { timeZone, minutes, product, freesale } = sold;
  const start = instantOf(slot.startDate, slot.startTime, timeZone);
  const places = placesOf({ left: slot.remaining, capacity: product.capacity, freesale, over: start <= now });
  return {
    id: localIso(start, timeZone),
    localDateTimeStart: localIso(start, timeZone),
    localDateTimeEnd: localIso(start + minutes * MINUTE, timeZone),
    utcCutoffAt: new Date(start).toISOString(),
    allDay: false,
    ...places,
    maxUnits: maxUnits(places.vacancies),
    openingHours: [],
    ...prices(sold, [slot]),
  };
}

/** All the slots of a day as one: who has a ticket comes when they like. It can be booked until the last slot starts. */
function wholeDay(sold: OctoProduct, option: OctoOption, slots: readonly LeapSlot[], now: number): OctoSlot[] {
  const { timeZone, product, freesale } = sold;
  const last = slots.toSorted((one, other) => (one.startTime < other.startTime ? 1 : -1))[0];
  if (last === undefined) return [];
  const cutoff = instantOf(last.startDate, last.startTime, timeZone);
  const left = slots.reduce((sum, { remaining }) => sum + remaining, 0);
  const places = placesOf({ left, capacity: product.capacity * slots.length, freesale, over: cutoff <= now });
  const start = localIso(instantOf(last.startDate, '00:00', timeZone), timeZone);
  return [
    {
      id: start,
      localDateTimeStart: start,
      localDateTimeEnd: localIso(instantOf(last.startDate, '23:59:59', timeZone), timeZone),
      utcCutoffAt: new Date(cutoff).toISOString(),
      allDay: true,
      ...places,
      maxUnits: maxUnits(places.vacancies),
      openingHours: openingHoursOf(sold, option),
      ...prices(sold, slots),
    },
  ];
}

function prices({ pricingPer }: OctoProduct, slots: readonly LeapSlot[]): Pick<OctoSlot, 'unitPricing' | 'pricing'> {
  const pax = slots.flatMap(({ paxAvailability }) => paxAvailability);
  if (pricingPer === 'UNIT') return { unitPricing: cheapestByUnit(pax.map(unitPricing)) };
  const pricing = cheapest(pax.filter(({ isPrimary }) => isPrimary).map(({ price }) => octoPricing(price)));
  return pricing === undefined ? {} : { pricing };
}

function maxUnits(vacancies: number | null): number | null {
  return vacancies === null ? null : Math.min(MOST_UNITS, vacancies);
}
