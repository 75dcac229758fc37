import { END_OF_DATE, isBookable, placesOf, type Slot } from '../inventory/index.js';
import { addDays, type LocalDate } from '../time/index.js';
import { cutoffOf, hoursOf, type AvailabilityType, type OpeningHours } from './availability-type.js';
import { localInstant, localIso, utcIso } from './local-instants.js';
import { fits, type RequestedUnit } from './party.js';
import { pricingOf, type SlotPricing } from './slot-pricing.js';

export type OctoStatus = 'AVAILABLE' | 'FREESALE' | 'SOLD_OUT' | 'CLOSED';

/** An element of the answer to `POST /availability`. */
export interface AvailabilityItem extends SlotPricing {
  readonly id: string;
  readonly localDateTimeStart: string;
  readonly localDateTimeEnd: string;
  readonly utcCutoffAt: string;
  readonly allDay: boolean;
  readonly available: boolean;
  readonly status: OctoStatus;
  readonly vacancies: number | null;
  readonly capacity: null;
  readonly maxUnits: number | null;
  readonly openingHours: readonly OpeningHours[];
}

/** What decides beside the slot itself. */
export interface ItemContext {
  readonly type: AvailabilityType;
  readonly zone: string;
  readonly now: Date;
  /** The day is too old to be sold. */
  readonly tooOld: boolean;
  readonly party: readonly RequestedUnit[];
  /** Also a slot whose price OCTO can't express; it has none then. */
  readonly unpriced: boolean;
}

/** @returns undefined: its price can't be said in OCTO */
export function availabilityItem(slot: Slot, date: LocalDate, context: ItemContext): AvailabilityItem | undefined {
  const { type, zone, now, tooOld, party } = context;
  const prices = pricingOf(slot, party) ?? (context.unpriced ? {} : undefined);
  if (!prices) return undefined;
  const cutoff = localInstant(date, cutoffOf(slot, type), zone);
  const isOpen = !tooOld && cutoff.at > now.getTime();
  const vacancies = vacanciesOf(slot);
  const status = !isOpen ? 'CLOSED' : !isBookable(slot) ? 'SOLD_OUT' : vacancies === null ? 'FREESALE' : 'AVAILABLE';
  const bookable = status === 'AVAILABLE' || status === 'FREESALE';
  return {
    id: availabilityId(slot, date),
    ...timesOf(slot, date, type, zone),
    utcCutoffAt: utcIso(cutoff.at),
    allDay: type === 'OPENING_HOURS',
    available: bookable && fits(party, slot),
    status,
    vacancies: bookable ? vacancies : 0,
    capacity: null,
    maxUnits: bookable ? maxUnits(slot) : 0,
    openingHours: type === 'OPENING_HOURS' ? [hoursOf(slot)] : [],
    ...prices,
  };
}

/** The supplier’s id of the slot, with the date before it where it does not begin with that, and the variant behind it. */
export function availabilityId({ providerSlotId, variantId }: Slot, date: LocalDate): string {
  const id = providerSlotId.startsWith(date) ? providerSlotId : `${date}_${providerSlotId}`;
  return variantId === null ? id : `${id}_v${variantId}`;
}

/** The places that are left; null: any number. Fewer than the slot's where those of each unit are fewer. */
function vacanciesOf({ remaining, paxAvailability }: Slot): number | null {
  const most = Math.max(...paxAvailability.map((pax) => (pax.remaining ?? Infinity) * placesOf(pax)));
  const left = Math.min(remaining ?? Infinity, most);
  return left === Infinity ? null : left;
}

function maxUnits({ paxAvailability }: Slot): number | null {
  const most = Math.max(...paxAvailability.map(({ max }) => max ?? Infinity));
  return most === Infinity ? null : most;
}

function timesOf(slot: Slot, date: LocalDate, type: AvailabilityType, zone: string) {
  const time = (on: LocalDate, at: string) => localInstant(on, at, zone);
  if (type === 'OPENING_HOURS') {
    const last = time(date, '23:59');
    const end = { at: last.at + 59_000, offset: last.offset };
    return { localDateTimeStart: localIso(time(date, '00:00')), localDateTimeEnd: localIso(end) };
  }
  const { startTime, endTime } = slot;
  const start = localIso(time(date, startTime));
  // Without an end it ends when it starts: OCTO wants one.
  if (endTime === null) return { localDateTimeStart: start, localDateTimeEnd: start };
  const isNext = endTime < startTime || endTime === END_OF_DATE;
  const end = time(isNext ? addDays(date, 1) : date, endTime === END_OF_DATE ? '00:00' : endTime);
  return { localDateTimeStart: start, localDateTimeEnd: localIso(end) };
}
