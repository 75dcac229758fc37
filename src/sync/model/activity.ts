import { ageOf, fadedDays } from './fading.js';

/**
 * Bookings and reads follow the hours of the day. Time is therefore measured in *activity days*: each local day is one
 * activity day, distributed over its hours like the reads. A day's position is its **activity lead** u: the activity days
 * that remain until its date begins. u falls from 60 to 0 as the date approaches. While the date lies `lead` local days
 * ahead, u is in (lead − 1, lead]. On the date itself u falls to −1 at its last start, because bookings and reads end there.
 */

const HOURS = 24;
/**
 * The prior of each hour is the mean hour. It weighs 20 reads, because counts are random, and at first half a day, because hours
 * differ from day to day and experiences of other zones count theirs earlier or later. The more days, the less both matter.
 */
const PRIOR_READS = 20;
const PRIOR_DAYS = 0.5;

/** The share of a day's activity that lies before a part of the day. */
export interface ActivityCurve {
  /** 25 rising numbers from 0 to 1: the share before each full hour. */
  readonly before: readonly number[];
}

/** How long reads were counted. */
export interface Counted {
  /** How many days the counts cover, faded like them. */
  readonly days: number;
  /** The part of the present day that is over, 0 … 1. */
  readonly part: number;
}

/** Of a day that long ago, days, hardly anything is left. */
const LONGEST = 100;
/** Of a count that has just begun, hours. */
const SHORTEST = 1e-6;

/**
 * Reads of an hour are divided by how often the hour was counted: at noon of the second day mornings were counted twice and evenings once.
 * (A prior of whole even days hid that too, but it made quiet hours seem busy for weeks.)
 * @param readsByHour faded counts by local hour; all zero: an even day
 */
export function activityCurve(readsByHour: readonly number[], { days, part }: Counted): ActivityCurve {
  const exposures = countedHours(days, part);
  const mean = sum(readsByHour) / Math.max(SHORTEST, sum(exposures));
  if (mean === 0) return activityOf(exposures.map(() => 1));
  const prior = PRIOR_READS / mean + PRIOR_DAYS / (1 + days);
  return activityOf(exposures.map((exposure, hour) => (prior * mean + (readsByHour[hour] ?? 0)) / (prior + exposure)));
}

/** @param weights of the hours, above 0 */
export function activityOf(weights: readonly number[]): ActivityCurve {
  const total = sum(weights);
  const before = [0];
  for (const weight of weights) before.push((before.at(-1) ?? 0) + weight / total);
  before[HOURS] = 1;
  return { before };
}

/** How many times each hour was counted, faded: over its parts of all days so far, ∫ e^(−FADE·age), in hours. */
function countedHours(days: number, part: number): readonly number[] {
  const began = Math.min(LONGEST, ageOf(days));
  return Array.from({ length: HOURS }, (_, hour) => {
    let exposure = 0;
    // How long ago it ended: on the present day, the day before, and so on.
    for (let ended = part - (hour + 1) / HOURS; ended < began; ended++) {
      const until = Math.max(0, Math.min(began, ended + 1 / HOURS));
      exposure += fadedDays(until) - fadedDays(Math.max(0, ended));
    }
    return HOURS * exposure;
  });
}

/** The share of the day's activity before `part` of the day (0 … 1). */
export function activityBefore({ before }: ActivityCurve, part: number): number {
  const hour = Math.min(HOURS - 1, Math.max(0, Math.floor(part * HOURS)));
  const low = before[hour] ?? 0;
  return low + ((before[hour + 1] ?? 1) - low) * Math.min(1, Math.max(0, part * HOURS - hour));
}

/** The part of the day (0 … 1) before which `share` of its activity lies. */
export function partOfDay({ before }: ActivityCurve, share: number): number {
  let hour = 0;
  while (hour < HOURS - 1 && (before[hour + 1] ?? 1) < share) hour++;
  const low = before[hour] ?? 0;
  const width = (before[hour + 1] ?? 1) - low;
  return (hour + Math.min(1, Math.max(0, (share - low) / width))) / HOURS;
}

/** The last start is at least this share of the day's activity after midnight. */
const LEAST_SHARE = 1e-3;

/**
 * The share of a date's own activity before `part` of that date, 1 from its last start on.
 * @param lastStart as a part of the day; 1: it can be booked until midnight
 */
export function activityOfDate(activity: ActivityCurve, part: number, lastStart: number): number {
  return Math.min(1, activityBefore(activity, part) / activityUntil(activity, lastStart));
}

/** The part of the date before which `share` of its own activity lies. */
export function partOfDate(activity: ActivityCurve, share: number, lastStart: number): number {
  return partOfDay(activity, share * activityUntil(activity, lastStart));
}

function activityUntil(activity: ActivityCurve, lastStart: number): number {
  return Math.max(LEAST_SHARE, activityBefore(activity, lastStart));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
