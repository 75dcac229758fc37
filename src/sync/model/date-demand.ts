import { leadOf } from './change-curve.js';
import { ageOf, fadedDays } from './fading.js';

/** Counted reads of a single date. */
export interface DateReads {
  /** They fade like all counts. */
  readonly reads: number;
  /** The present activity lead of the date. */
  readonly now: number;
}

/** The weight of the prior, in reads: as many as its experience and its leads predict. */
const PRIOR_READS = 3;

/**
 * How much more often than other dates of its experience a date is read: its faded reads by those that its past leads predict
 * (a Gamma–Poisson estimate, like those of `tilt.ts`).
 * @param leadDemand reads by lead of the experience
 * @param readsOfDates faded reads of all dates of the experience
 * @param days how many days these counts cover, faded like them
 */
export function dateDemand(
  leadDemand: readonly number[],
  readsOfDates: number,
  days: number,
  { reads, now }: DateReads,
): number {
  if (days <= 0) return 1;
  const began = ageOf(days);
  const lead = leadOf(now);
  let [all, expected] = [0, 0];
  for (const demand of leadDemand) all += demand;
  for (let k = 0, from = 0; lead + k < leadDemand.length && from < began; k++) {
    const until = Math.min(began, lead - now + k);
    expected += (leadDemand[lead + k] ?? 0) * (fadedDays(until) - fadedDays(from));
    from = until;
  }
  const predicted = ((readsOfDates / days) * expected) / all;
  return (PRIOR_READS + reads) / (PRIOR_READS + predicted);
}
