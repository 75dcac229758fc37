import { activityCurve, type ActivityCurve } from './activity.js';
import { changeCurve, priorChangeCurve, type ChangeCurve } from './change-curve.js';
import { demandOf, KEPT_PER_DAY, learnedCurve, multiplierOf, type Counter, type Observation } from './estimates.js';
import { dateDemand, type DateReads } from './date-demand.js';
import { fadedDays } from './fading.js';
import { changeTilt, NO_BANDS, readTilt, tilted, type BandCounts } from './tilt.js';
import type { DayRates } from './value-due.js';

/** Counts of all experiences together, by lead (days until the date) and by local hour. Counts fade. */
export interface RateCounts {
  /** Changes, and the exposure in activity days weighted by the multipliers of the experiences. */
  readonly changes: readonly Counter[];
  /** Changes of days that were confirmed empty, and their exposure in activity days. */
  readonly closed: Counter;
  /** Suspect days that were fetched (e), and those among them whose price had changed (n). */
  readonly suspects: Counter;
  readonly readsByLead: readonly number[];
  readonly readsByHour: readonly number[];
  /** How many days these counts cover. */
  readonly days: number;
}

/** The counts of one experience. */
export interface ExperienceCounts {
  readonly changes: Counter;
  readonly reads: number;
  /** Of these, those of whole calendars. */
  readonly calendarReads: number;
  readonly bands: BandCounts;
}

/** Those of an experience of which nothing is known. */
export const NO_COUNTS: ExperienceCounts = { changes: { n: 0, e: 0 }, reads: 0, calendarReads: 0, bands: NO_BANDS };

/** How all experiences change and are read, as estimated at an instant: everything that turns counts into rates. */
export interface RateModel {
  readonly changes: ChangeCurve;
  readonly closed: ChangeCurve;
  readonly activity: ActivityCurve;
  /** How much more often than on average days are read at a lead, by lead. */
  readonly leadDemand: readonly number[];
  /** How many days the counts cover, faded like them. */
  readonly days: number;
  /** Counted reads of an average experience. */
  readonly meanReads: number;
  /** Reads of an average day (one experience on one date), per day of time. */
  readonly readsPerDay: number;
  /** The probability that a suspect day is stale; 0: no higher than for other days. */
  readonly staleProbability: number;
}

const NOTHING: Counter = { n: 0, e: 0 };
/** The prior number of changes of one day over the whole window. */
const PRIOR_BOOKINGS = 10;
/** A day confirmed empty rarely changes. The prior is two changes in 400 days. */
const CLOSED: Counter = { n: 2, e: 400 };
/** The prior: where one price of an experience changed, nine of ten others did. */
const SUSPECTS: Counter = { n: 9, e: 10 };
/** Below this, prices change independently by day, and one change says nothing about other days. */
const LEAST_STALE_PROBABILITY = 0.5;
/** The first reads count as those of ten minutes, because a burst of a second is not a rate. */
const LEAST_DAYS = 1 / 144;
/** The prior of reads by lead: fewer at longer leads. */
const priorReads = (lead: number): number => 100 * Math.exp(-lead / 15);

export function noCounts(leads: number): RateCounts {
  return {
    changes: Array.from({ length: leads }, () => NOTHING),
    closed: NOTHING,
    suspects: NOTHING,
    readsByLead: Array.from({ length: leads }, () => 0),
    readsByHour: Array.from({ length: 24 }, () => 0),
    days: 0,
  };
}

/**
 * @param experiences the number of mirrored experiences
 * @param part the part of the present day that is over, 0 … 1
 */
export function rateModelOf(counts: RateCounts, experiences: number, part: number): RateModel {
  const leads = counts.changes.length;
  const prior = priorChangeCurve(leads, PRIOR_BOOKINGS);
  const staleProbability = (SUSPECTS.n + counts.suspects.n) / (SUSPECTS.e + counts.suspects.e);
  const closed = (CLOSED.n + counts.closed.n) / (CLOSED.e + counts.closed.e);
  const reads = Array.from({ length: leads }, (_, lead) => priorReads(lead) + (counts.readsByLead[lead] ?? 0));
  const mean = sum(reads) / leads;
  const meanReads = sum(counts.readsByLead) / Math.max(1, experiences);
  return {
    changes: learnedCurve(prior, counts.changes),
    closed: changeCurve(Array.from({ length: leads }, () => closed)),
    activity: activityCurve(counts.readsByHour, { days: counts.days, part }),
    leadDemand: reads.map((count) => count / mean),
    days: counts.days,
    meanReads,
    readsPerDay: meanReads / leads / (counts.days + LEAST_DAYS),
    staleProbability: staleProbability < LEAST_STALE_PROBABILITY ? 0 : staleProbability,
  };
}

/**
 * The rates of the days of one experience.
 * @param closed the day was confirmed empty
 * @param own reads of the day itself. Some dates are read more than their neighbours.
 */
export function ratesOf(model: RateModel, counts: ExperienceCounts, closed: boolean, own?: DateReads): DayRates {
  const { changes, reads, bands } = counts;
  const multiplier = multiplierOf(changes, model.changes.scale);
  const leadDemand = tilted(model.leadDemand, readTilt(bands, model.leadDemand));
  return {
    changes: closed ? model.closed : ownCurve(model, multiplier, bands),
    multiplier: closed ? 1 : multiplier,
    demand:
      demandOf({ n: reads, e: model.meanReads }) *
      (own ? dateDemand(leadDemand, readsOfDates(counts), model.days, own) : 1),
    leadDemand,
  };
}

/** Reads of single dates, as far back as they are counted. */
export function readsOfDates({ bands, calendarReads }: ExperienceCounts): number {
  return Math.max(0, sum(bands.reads) - calendarReads);
}

function ownCurve({ changes }: RateModel, multiplier: number, bands: BandCounts): ChangeCurve {
  return changeCurve(tilted(changes.perLead, changeTilt(bands, multiplier, changes.scale)), changes.scale);
}

/** The fraction of counts that remains after `days`. */
export function fadeBy(days: number): number {
  return KEPT_PER_DAY ** Math.max(0, days);
}

/** The days after which the fraction `kept` remains. */
function daysFading(kept: number): number {
  return Math.log(kept) / Math.log(KEPT_PER_DAY);
}

/** Adds new counts to old ones, of which the fraction `kept` remains. */
export function addCounts(old: RateCounts, kept: number, added: RateCounts): RateCounts {
  const add = (a: Counter = NOTHING, b: Counter = NOTHING): Counter => ({ n: a.n * kept + b.n, e: a.e * kept + b.e });
  const addEach = (a: readonly number[], b: readonly number[]) => b.map((count, i) => (a[i] ?? 0) * kept + count);
  return {
    changes: added.changes.map((counter, lead) => add(old.changes[lead], counter)),
    closed: add(old.closed, added.closed),
    suspects: add(old.suspects, added.suspects),
    readsByLead: addEach(old.readsByLead, added.readsByLead),
    readsByHour: addEach(old.readsByHour, added.readsByHour),
    days: old.days * kept + fadedDays(daysFading(kept)) + added.days,
  };
}

/** The counts after one more confirmation of an open day. */
export function withObservation(counts: RateCounts, { leads }: Pick<Observation, 'leads'>): RateCounts {
  const changes = [...counts.changes];
  for (const { lead, n, e } of leads) {
    const place = Math.min(lead, changes.length - 1);
    const before = changes[place] ?? NOTHING;
    changes[place] = { n: before.n + n, e: before.e + e };
  }
  return { ...counts, changes };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
