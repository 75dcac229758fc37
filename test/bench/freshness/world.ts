import { activityCurve, activityBefore, type ActivityCurve } from '../../../src/sync/policy/activity.js';
import { changeCurve, type ChangeCurve } from '../../../src/sync/policy/change-curve.js';
import { cumulate, randomOf } from './random.js';

export const LEADS = 61;

/** A made-up market: who is read and booked how often, when it is open, when its prices change. All rates per day. */
export interface World {
  readonly experiences: number;
  /** Bookings seen as changes of a day, by lead, of an experience whose popularity is 1. */
  readonly bookings: ChangeCurve;
  /** Mean 1. */
  readonly popularity: readonly number[];
  /** Open on these weekdays. */
  readonly open: readonly (readonly boolean[])[];
  /** Instants (days) at which all prices of the experience change. */
  readonly priceChanges: readonly (readonly number[])[];
  readonly priceRate: number;
  /** Relative reads by lead, mean 1. */
  readonly leadDemand: readonly number[];
  readonly activity: ActivityCurve;
  readonly readers: { readonly byExperience: Float64Array; readonly byLead: Float64Array; readonly perDay: number };
}

export interface WorldOptions {
  readonly experiences: number;
  readonly seed: number;
  /** How long it is looked at. */
  readonly days: number;
}

/** Changes that a day of an average experience sees over the two months. */
const BOOKINGS_PER_DAY = 12;
const READS_PER_DAY = 60_000;
const PRICE_RATE = 1 / 14;

export function makeWorld({ experiences, seed, days }: WorldOptions): World {
  const random = randomOf(seed * 7919 + experiences);
  const weights = Array.from({ length: experiences }, (_, rank) => 1 / (rank + 3) ** 0.9);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / experiences;
  const popularity = weights.map((weight) => (weight / mean) * (0.7 + 0.6 * random()));
  const leadDemand = Array.from(
    { length: LEADS },
    (_, lead) => 0.55 * Math.exp(-lead / 5) + 0.45 * Math.exp(-lead / 22),
  );
  const leadMean = leadDemand.reduce((sum, weight) => sum + weight, 0) / LEADS;
  const demand = leadDemand.map((weight) => weight / leadMean);
  return {
    experiences,
    popularity,
    bookings: changeCurve(trueBookings().map((share) => share * BOOKINGS_PER_DAY)),
    open: popularity.map(() => weekdays(random)),
    priceChanges: popularity.map(() => poissonInstants(PRICE_RATE, days, random)),
    priceRate: PRICE_RATE,
    leadDemand: demand,
    activity: activityCurve(
      Array.from({ length: 24 }, (_, hour) => 2_000 * (1.05 + Math.cos(((hour - 20) / 12) * Math.PI))),
    ),
    readers: { byExperience: cumulate(popularity), byLead: cumulate(demand), perDay: READS_PER_DAY },
  };
}

/** Time (days since the start) in activity days: whole days count one, the hours as they are lived. */
export function activityTime(world: World, time: number): number {
  const day = Math.floor(time);
  return day + activityBefore(world.activity, time - day);
}

/** Shares of the bookings by lead: 38 % within 2 days, 52 % within 7, not of the family that the policy begins with. */
function trueBookings(): number[] {
  const shares = Array.from({ length: LEADS }, (_, lead) => {
    if (lead < 2) return 0.19;
    if (lead < 7) return 0.14 / 5;
    return (0.48 * (LEADS - lead + 10)) / 1_944;
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

function weekdays(random: () => number): boolean[] {
  const open = Array.from({ length: 7 }, () => random() < 0.72);
  open[Math.floor(random() * 7)] = true;
  return open;
}

function poissonInstants(rate: number, days: number, random: () => number): number[] {
  const instants = [];
  for (let time = 0; ;) {
    time -= Math.log(1 - random()) / rate;
    if (time >= days) return instants;
    instants.push(time);
  }
}
