import type { PaxAvailability, Price, SuppliedSlot } from '../../src/inventory/index.js';
import { paxGroupOf } from '../../src/supplier/leap/pax-group.js';
import type { LocalDate } from '../../src/time/index.js';

export interface FixtureDay {
  readonly experienceId: number;
  readonly date: LocalDate;
  readonly slots: readonly SuppliedSlot[];
}

export const SLOTS_PER_DAY = 12;
export const PAX_TYPES = [
  { type: 'ADULT_12~99', name: 'Adult', description: '12-99 years', isPrimary: true },
  { type: 'CHILD_4~11', name: 'Child', description: '4-11 years', isPrimary: false },
  {
    type: 'SENIOR_60~99',
    name: 'Senior',
    description: 'Valid identification is required at the entrance',
    isPrimary: false,
  },
];

/** The same day for the same seed, whatever else is made. */
export function fixtureDay(seed: number, experienceId: number, date: LocalDate): FixtureDay {
  const random = randomFrom(seed * 7_919 + experienceId * 104_729 + Date.parse(date) / 86_400_000);
  const slots = Array.from({ length: SLOTS_PER_DAY }, (_, i) => slot(random, experienceId, date, i));
  return { experienceId, date, slots };
}

/** What a supplier says after somebody booked every slot once. */
export function afterBookings(day: FixtureDay): FixtureDay {
  const slots = day.slots.map((each) => ({
    ...each,
    remaining: (each.remaining ?? 0) - 1,
    paxAvailability: each.paxAvailability.map((pax) => ({ ...pax, remaining: (pax.remaining ?? 0) - 1 })),
  }));
  return { ...day, slots };
}

function slot(random: Random, experienceId: number, date: LocalDate, index: number): SuppliedSlot {
  const startTime = `${String(8 + index).padStart(2, '0')}:00`;
  const paxAvailability = PAX_TYPES.map((kind): PaxAvailability => {
    const price = priceOf(random);
    return { ...kind, min: 1, max: 20, remaining: 100 + whole(random, 900), price, ...paxGroupOf(kind.type) };
  });
  return {
    startDate: date,
    startTime,
    endTime: `${String(9 + index).padStart(2, '0')}:30`,
    providerSlotId: `${experienceId}${100_000_000 + whole(random, 899_999_999)}_${date}T${startTime}`,
    variantId: 1 + whole(random, 90),
    remaining: 100 + whole(random, 1_900),
    currencyCode: 'SGD',
    paxAvailability,
  };
}

function priceOf(random: Random): Price {
  const cents = 1_000 + whole(random, 30_000);
  return { finalPrice: cents / 100, originalPrice: (cents + 10_000) / 100, discount: 0, currencyCode: 'SGD' };
}

export type Random = () => number;

export function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed | 0, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
