/**
 * Bookings and reads follow the hours of the day. Time is therefore measured in *activity days*: each local day is one
 * activity day, distributed over its hours like the reads. A day's position is its **activity lead** u: the activity days
 * that remain until its date begins. u falls from 60 to 0 as the date approaches. While the date lies `lead` local days
 * ahead, u is in (lead − 1, lead]. On the date itself u falls to −1 at its last start, because bookings and reads end there.
 */

const HOURS = 24;
/** The prior of the histogram is an even day: this many reads an hour, plus two even days with the counted reads per day. */
const PRIOR_READS = 20;
const PRIOR_DAYS = 2;
const SHORTEST = 1e-6;

/** The share of a day's activity that lies before a part of the day. */
export interface ActivityCurve {
  /** 25 rising numbers from 0 to 1: the share before each full hour. */
  readonly before: readonly number[];
}

/**
 * @param readsByHour 24 counts by local hour; all zero: an even day
 * @param days how many days were counted. It strengthens the prior at first, when only a few hours have been observed.
 */
export function activityCurve(readsByHour: readonly number[], days = Infinity): ActivityCurve {
  const reads = readsByHour.reduce((sum, count) => sum + count, 0);
  const prior = PRIOR_READS + (reads > 0 ? (reads / Math.max(days, SHORTEST)) * (PRIOR_DAYS / HOURS) : 0);
  const weights = Array.from({ length: HOURS }, (_, hour) => prior + (readsByHour[hour] ?? 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const before = [0];
  for (const weight of weights) before.push((before.at(-1) ?? 0) + weight / total);
  before[HOURS] = 1;
  return { before };
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
