import { windowOf, type Tier } from '../../config/index.js';
import { intervalMs, requestsPerDay } from '../budget/pacing.js';
import { blockOf, paceOf, requestRateOf, shadowPriceOf, type SampledDay } from '../model/shadow-price.js';
import { priorSample } from '../model/prior-sample.js';
import { staleness } from '../model/value.js';

/** What a budget has to serve. */
export interface Workload {
  /** The number of mirrored experiences. */
  readonly experiences: number;
  readonly requestsPerMinute: number;
  readonly tiers: readonly Tier[];
  /** The most consecutive dates of an experience that one request answers; default: 1. */
  readonly datesPerRequest?: number;
  /** Days of the catalogue with their rates, each representing equally many days; default: `prior-sample.ts`. */
  readonly sample?: readonly SampledDay[] | undefined;
}

/** A tier, and whether the budget can keep its max age. */
export interface TierPlan extends Tier {
  /** Experiences × the leads that no nearer tier covers. */
  readonly covered: number;
  /**
   * Requests a day that its max age takes: one request per max age for each day of the tier, or for as many consecutive ones as a
   * request answers.
   */
  readonly neededPerDay: number;
  /** All of its days keep the max age. */
  readonly holds: boolean;
  /**
   * The share of its days (0 … 1) that keep the max age. If the budget cannot keep all max ages, this is an estimate: the
   * days whose value alone leads to a request at least once per max age.
   */
  readonly keptShare: number;
}

/** What a budget can keep. Requests are long-run averages and may be fractions. */
export interface CapacityPlan {
  readonly experiences: number;
  readonly requestsPerMinute: number;
  readonly tiers: readonly TierPlan[];
  /** Days of the window, all experiences. */
  readonly days: number;
  /** The least requests that all max ages take. Retries, first fetches and demand come on top. */
  readonly neededPerDay: number;
  readonly budgetPerDay: number;
  /** The budget keeps all max ages. */
  readonly feasible: boolean;
  /** The smallest budget that keeps all max ages. */
  readonly requestsPerMinuteForAll: number;
  /** How long it takes to fetch every day once with the whole budget. */
  readonly roundHours: number;
  /** Fetching every day once within 96 hours takes at most half of the budget. */
  readonly rounds: boolean;
  /**
   * The share of reads, 0 … 1, that will see the supplier's current data when days are fetched by value: the relaxed optimum.
   * The learned schedule comes within 0.01 of it.
   */
  readonly freshness: number;
  /** The rates are those of the given sample and not the prior. */
  readonly learned: boolean;
}

/** What the budget can keep. */
export interface Feasibility {
  /** All max ages of the tiers. */
  readonly maxAges: boolean;
  /** Every day once in 96 hours, with at most half of the budget. */
  readonly rounds: boolean;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** No day should get older, whatever its value; see `fetch/queue.ts`. */
const GREATEST_AGE_HOURS = 96;
/** The share of the budget that rounds may take. The rest goes to the days that are read. */
const ROUND_SHARE = 0.5;

/** Computes which max ages a budget can keep, and the expected freshness. */
export function capacityPlan(workload: Workload): CapacityPlan {
  const { experiences, requestsPerMinute, tiers, sample = [] } = workload;
  const budgetPerDay = requestsPerDay(requestsPerMinute);
  const needs = needsOf(workload);
  const { neededPerDay, days, requestsPerMinuteForAll, roundHours } = totalsOf(workload, needs);
  const feasible = requestsPerMinute >= requestsPerMinuteForAll;
  const learned = sample.length > 0;
  const terms = termsOf(learned ? sample : priorSample(experiences, windowOf(tiers)), days, workload);
  return {
    experiences,
    requestsPerMinute,
    tiers: needs.map((tier, i) => {
      const keptShare = feasible ? 1 : keptShareOf(terms, needs[i - 1]?.days ?? 0, tier);
      return { ...tier, holds: keptShare === 1, keptShare };
    }),
    days,
    neededPerDay,
    budgetPerDay,
    feasible,
    requestsPerMinuteForAll,
    roundHours,
    rounds: isRoundCheap(roundHours),
    freshness: freshnessOf(terms),
    learned,
  };
}

/** The part of the plan that the queue needs. It takes no rates. */
export function feasibilityOf(workload: Workload): Feasibility {
  const { requestsPerMinuteForAll, roundHours } = totalsOf(workload, needsOf(workload));
  return { maxAges: workload.requestsPerMinute >= requestsPerMinuteForAll, rounds: isRoundCheap(roundHours) };
}

function totalsOf(workload: Workload, needs: readonly Pick<TierPlan, 'covered' | 'neededPerDay'>[]) {
  const { experiences, requestsPerMinute, tiers } = workload;
  const round = experiences * Math.ceil(windowOf(tiers) / datesPerRequestOf(workload));
  const neededPerDay = sum(needs, (tier) => tier.neededPerDay);
  const days = sum(needs, (tier) => tier.covered);
  const requestsPerMinuteForAll = Math.max(1, Math.ceil((neededPerDay * intervalMs(1)) / DAY_MS));
  const roundHours = (round / requestsPerDay(requestsPerMinute)) * (DAY_MS / HOUR_MS);
  return { neededPerDay, days, requestsPerMinuteForAll, roundHours };
}

function isRoundCheap(roundHours: number): boolean {
  return roundHours <= GREATEST_AGE_HOURS * ROUND_SHARE;
}

/**
 * What each tier takes in the long run. Not counted: a day that enters a nearer tier at its local midnight may be overdue at
 * once. It is late until the days that entered with it are fetched.
 */
function needsOf(workload: Workload): Omit<TierPlan, 'holds' | 'keptShare'>[] {
  const { experiences, tiers } = workload;
  return tiers.map((tier, i) => {
    const dates = tier.days - (tiers[i - 1]?.days ?? 0);
    const requests = experiences * Math.ceil(dates / datesPerRequestOf(workload));
    return { ...tier, covered: experiences * dates, neededPerDay: (requests * DAY_MS) / tier.maxAgeMs };
  });
}

function datesPerRequestOf({ datesPerRequest = 1 }: Workload): number {
  return datesPerRequest;
}

/** The refresh interval of a sampled day at the price that the budget allows. */
interface Term {
  readonly lead: number;
  /** Reads per day. */
  readonly reads: number;
  /** Changes expected between two requests; infinite: it is never fetched. */
  readonly x: number;
  /** From one request to the next, milliseconds. */
  readonly ms: number;
}

/**
 * Each day is fetched when x = g⁻¹(λδ/μ), see `value.ts`, or with another date that the same request answers. λ is such that the
 * budget is used up, see `shadow-price.ts`.
 */
function termsOf(sample: readonly SampledDay[], days: number, workload: Workload): readonly Term[] {
  const dates = datesPerRequestOf(workload);
  const price = shadowPriceOf(sample, days / sample.length, requestsPerDay(workload.requestsPerMinute), dates);
  return sample.map((day) => {
    const { changes, reads } = paceOf(day);
    const requests = requestRateOf(blockOf(day, dates), price);
    return { lead: day.lead, reads, x: requests > 0 ? changes / requests : Infinity, ms: DAY_MS / requests };
  });
}

/** The share of a tier's sampled days that are fetched at least once per max age. @param from its first lead */
function keptShareOf(terms: readonly Term[], from: number, { days, maxAgeMs }: Tier): number {
  const own = terms.filter(({ lead }) => lead >= from && lead < days);
  return own.length === 0 ? 0 : own.filter(({ ms }) => ms <= maxAgeMs).length / own.length;
}

/** Σ μ·(1 − e^(−x))/x / Σ μ: between two requests a day is fresh for (1 − e^(−x))/x of the time. */
function freshnessOf(terms: readonly Term[]): number {
  const reads = sum(terms, (term) => term.reads);
  const fresh = sum(terms, ({ x, reads }) => reads * freshPart(x));
  // Without reads there are no stale reads.
  return reads > 0 ? Math.min(1, fresh / reads) : 1;
}

function freshPart(x: number): number {
  if (x === 0) return 1;
  return x < Infinity ? staleness(x) / x : 0;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
