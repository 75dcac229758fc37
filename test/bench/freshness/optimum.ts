import { staleness, urgencyInverse } from '../../../src/sync/model/value.js';
import { spanBound, type DateRow } from './optimum-spans.js';
import { changesOf, LEADS, readsOf, type World } from './world.js';

/** Days that are simulated, numbered from the start. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface Optimum {
  /** Share of the reads that see the truth. */
  readonly freshness: number;
  /** The same of the reads of today. */
  readonly today: number;
}

/**
 * The relaxed optimum: the freshness that a budget can buy on average when the rates are known and every day is fetched at
 * the same threshold λ. Found by bisection so that Σ δ/x(λ) = budget; freshness is then Σ μ·(1 − e^(−x))/x / Σ μ. It does
 * not know that a price change of one day tells of the others, so a mirror that uses this can exceed it slightly.
 * @param requestsPerDay the budget
 * @param span where dates differ: which
 */
export function relaxedOptimum(world: World, requestsPerDay: number, span: Span = WEEK): Optimum {
  return optimumOfItems(itemsOf(world, span), requestsPerDay);
}

/** The same of days whose rates are known. @param budget requests in the unit of time of the rates */
export function optimumOfItems(items: readonly Item[], budget: number): Optimum {
  let low = Math.log(1e-12);
  let high = Math.log(1e6);
  for (let i = 0; i < STEPS; i++) {
    const middle = (low + high) / 2;
    const price = Math.exp(middle);
    let spent = 0;
    for (const { weight, reads, changes } of items) {
      // An item that changes never takes no request.
      if (price * changes < reads && changes > 0)
        spent += (weight * changes) / urgencyInverse((price * changes) / reads);
    }
    if (spent > budget) low = middle;
    else high = middle;
  }
  const price = Math.exp(high);
  return {
    freshness: freshnessAt(items, price),
    today: freshnessAt(
      items.filter(({ lead }) => lead === 0),
      price,
    ),
  };
}

function freshnessAt(items: readonly Item[], price: number): number {
  let fresh = 0;
  let all = 0;
  for (const { weight, reads, changes } of items) {
    all += weight * reads;
    if (changes === 0) fresh += weight * reads;
    else if (price * changes < reads) {
      const x = urgencyInverse((price * changes) / reads);
      fresh += (weight * reads * staleness(x)) / x;
    }
  }
  return fresh / all;
}

const WEEK: Span = { from: 0, until: 7 };
const STEPS = 40;

/** Days that are alike. */
export interface Item {
  /** The number of days that it represents. */
  readonly weight: number;
  readonly lead: number;
  /** Of each, in a unit of time. */
  readonly reads: number;
  readonly changes: number;
}

function itemsOf(world: World, span: Span): Item[] {
  return world.popularity.flatMap((_, experience) =>
    Array.from({ length: LEADS }, (__, lead) => datesOf(world, experience, lead, span)).flat(),
  );
}

/** Each date that has this lead in the span; where dates are alike, each kind of weekday. */
function datesOf(world: World, experience: number, lead: number, span: Span): Item[] {
  const { from, until } = world.dateDemand ? span : WEEK;
  const items = new Map<string, Item>();
  for (let today = Math.floor(from); today < until; today++) {
    const reads = readsOf(world, experience, today + lead, lead);
    if (reads === 0) continue;
    const changes = world.open[experience]?.[(today + lead) % 7] ? changesOf(world, experience, lead) : 0;
    const key = `${reads} ${changes}`;
    const weight = (items.get(key)?.weight ?? 0) + 1 / (until - Math.floor(from));
    items.set(key, { weight, lead, reads, changes });
  }
  return [...items.values()];
}

/** The dates of each experience on each weekday; equal rows are merged. */
export function rowsOf(world: World): DateRow[] {
  return world.popularity.flatMap((_, experience) => {
    const rows = new Map<string, DateRow & { weight: number }>();
    for (let today = 0; today < 7; today++) {
      const demands = Array.from({ length: LEADS }, (_, lead) => {
        const weekday = (today + lead) % 7;
        return world.open[experience]?.[weekday] ? (world.weekdayDemand[weekday] ?? 0) : 0;
      });
      const dates = demands.map((demand, lead) => ({
        reads: demand * (world.reads[experience]?.[lead] ?? 0),
        changes: changesOf(world, experience, lead),
      }));
      const row = rows.get(demands.join()) ?? { weight: 0, dates };
      row.weight += 1 / 7;
      rows.set(demands.join(), row);
    }
    return [...rows.values()];
  });
}

/** The relaxed optimum where one request answers so many consecutive dates. */
export function optimumOf(world: World, datesPerRequest: number, requestsPerDay: number, span: Span): Optimum {
  if (datesPerRequest === 1) return relaxedOptimum(world, requestsPerDay, span);
  return { freshness: relaxedSpanOptimum(world, datesPerRequest, requestsPerDay), today: NaN };
}

function relaxedSpanOptimum(world: World, length: number, requestsPerDay: number): number {
  const rows = rowsOf(world);
  let all = 0;
  for (const { weight, dates } of rows) for (const { reads } of dates) all += weight * reads;
  return spanBound(rows, length, requestsPerDay) / all;
}
