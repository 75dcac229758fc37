import type { Tier } from '../../config/index.js';
import { intervalMs, requestsPerDay } from '../budget/pacing.js';
import { changesUntilAsked, paceOf, shadowPriceOf, type SampledDay } from '../model/shadow-price.js';
import { priorSample } from '../model/prior-sample.js';
import { staleness } from '../model/value.js';

/** What a budget is asked to do. */
export interface Workload {
  /** How many are mirrored. */
  readonly experiences: number;
  readonly requestsPerMinute: number;
  readonly tiers: readonly Tier[];
  /** Days of the catalogue with their rates, each standing for equally many; without one: `prior-sample.ts`. */
  readonly sample?: readonly SampledDay[] | undefined;
}

/** What a tier promises, and whether the budget can keep it. */
export interface TierPlan extends Tier {
  /** Experiences × the leads that no nearer tier holds for. */
  readonly covered: number;
  /** Requests a day that its promise takes: each of its days once per age. */
  readonly neededPerDay: number;
  /** All of its days keep it. */
  readonly holds: boolean;
  /**
   * The part of its days (0 … 1) that keep it. Where not all promises fit it is estimated: the days that are asked for
   * by value (SYNC_POLICY=value) at least as often as promised.
   */
  readonly keptShare: number;
}

/** What a budget can keep. Requests are counted in the long run; a fraction of one is a fraction. */
export interface CapacityPlan {
  readonly experiences: number;
  readonly requestsPerMinute: number;
  readonly tiers: readonly TierPlan[];
  /** Days of the window, all experiences. */
  readonly days: number;
  /** The least that all promises take: retries, first turns and readers who ask for more come on top. */
  readonly neededPerDay: number;
  readonly budgetPerDay: number;
  /** All promises fit. */
  readonly feasible: boolean;
  /** The smallest budget with which they do. */
  readonly requestsPerMinuteForAll: number;
  /** How long the whole budget takes to ask for every day once. */
  readonly roundHours: number;
  /** A round within the greatest age (96 h) takes at most half of the budget. */
  readonly rounds: boolean;
  /**
   * The share of reads that will see the truth when days are asked for by value, 0 … 1: the relaxed optimum, which what
   * is learned comes within 0.01 of.
   */
  readonly freshness: number;
  /** The rates are those of the given sample, not the prior ones. */
  readonly learned: boolean;
}

/** What the budget can keep. */
export interface Feasibility {
  /** Every promise of the tiers. */
  readonly maxAges: boolean;
  /** A round of all days in 96 hours, for at most half of it. */
  readonly rounds: boolean;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Nothing is to get older, whatever it is worth; see `queue.ts`. */
const GREATEST_AGE_HOURS = 96;
/** The part of the budget that rounds may take: the rest goes where readers are. */
const ROUND_SHARE = 0.5;

/** Reckons what a budget can keep of what the tiers promise. */
export function capacityPlan({ experiences, requestsPerMinute, tiers, sample = [] }: Workload): CapacityPlan {
  const budgetPerDay = requestsPerDay(requestsPerMinute);
  const needs = needsOf(experiences, tiers);
  const { neededPerDay, days, requestsPerMinuteForAll, roundHours } = totalsOf(needs, budgetPerDay);
  const feasible = requestsPerMinute >= requestsPerMinuteForAll;
  const learned = sample.length > 0;
  const terms = termsOf(learned ? sample : priorSample(experiences, tiers.at(-1)?.days ?? 0), days, budgetPerDay);
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

/** What the queue has to know of it; needs no rates. */
export function feasibilityOf({ experiences, requestsPerMinute, tiers }: Workload): Feasibility {
  const needs = needsOf(experiences, tiers);
  const { requestsPerMinuteForAll, roundHours } = totalsOf(needs, requestsPerDay(requestsPerMinute));
  return { maxAges: requestsPerMinute >= requestsPerMinuteForAll, rounds: isRoundCheap(roundHours) };
}

function totalsOf(needs: readonly Pick<TierPlan, 'covered' | 'neededPerDay'>[], budgetPerDay: number) {
  const neededPerDay = sum(needs, (tier) => tier.neededPerDay);
  const days = sum(needs, (tier) => tier.covered);
  const requestsPerMinuteForAll = Math.max(1, Math.ceil((neededPerDay * intervalMs(1)) / DAY_MS));
  return { neededPerDay, days, requestsPerMinuteForAll, roundHours: (days / budgetPerDay) * (DAY_MS / HOUR_MS) };
}

function isRoundCheap(roundHours: number): boolean {
  return roundHours <= GREATEST_AGE_HOURS * ROUND_SHARE;
}

/**
 * What each tier takes in the long run. Not counted: a day that enters a nearer tier at its local midnight may be overdue
 * there at once, and is late until those that enter with it were asked for.
 */
function needsOf(experiences: number, tiers: readonly Tier[]): Omit<TierPlan, 'holds' | 'keptShare'>[] {
  return tiers.map((tier, i) => {
    const covered = experiences * (tier.days - (tiers[i - 1]?.days ?? 0));
    return { ...tier, covered, neededPerDay: (covered * DAY_MS) / tier.maxAgeMs };
  });
}

/** How a sampled day fares at the price that the budget affords. */
interface Term {
  readonly lead: number;
  /** Reads per day. */
  readonly reads: number;
  /** Changes expected between two requests; infinite: it is never asked for. */
  readonly x: number;
  /** From one request to the next, milliseconds. */
  readonly ms: number;
}

/** Each day is asked for when x = g⁻¹(λδ/μ), see `value.ts`; λ is such that the budget pays for it, see `price.ts`. */
function termsOf(sample: readonly SampledDay[], days: number, budgetPerDay: number): readonly Term[] {
  const price = shadowPriceOf(sample, days / sample.length, budgetPerDay);
  return sample.map((day) => {
    const pace = paceOf(day);
    const { changes, reads } = pace;
    const x = changesUntilAsked(pace, price);
    return { lead: day.lead, reads, x, ms: changes > 0 ? (x / changes) * DAY_MS : Infinity };
  });
}

/** The part of a tier's sampled days that are asked for at least once per age. @param from its first lead */
function keptShareOf(terms: readonly Term[], from: number, { days, maxAgeMs }: Tier): number {
  const own = terms.filter(({ lead }) => lead >= from && lead < days);
  return own.length === 0 ? 0 : own.filter(({ ms }) => ms <= maxAgeMs).length / own.length;
}

/** Σ μ·(1 − e^(−x))/x / Σ μ: between two requests a day is fresh for (1 − e^(−x))/x of the time. */
function freshnessOf(terms: readonly Term[]): number {
  const reads = sum(terms, (term) => term.reads);
  const fresh = sum(terms, ({ x, reads }) => reads * freshPart(x));
  // Where nothing is read, nothing is read stale.
  return reads > 0 ? Math.min(1, fresh / reads) : 1;
}

function freshPart(x: number): number {
  if (x === 0) return 1;
  return x < Infinity ? staleness(x) / x : 0;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
