import { staleness, urgencyInverse } from '../../../src/sync/model/value.js';
import { spanBound, type DateRow } from './optimum-spans.js';
import { LEADS, type World } from './world.js';

/**
 * The relaxed optimum: the freshness that a budget can buy on average when the rates are known and every day is fetched at
 * the same threshold λ. Found by bisection so that Σ δ/x(λ) = budget; freshness is then Σ μ·(1 − e^(−x))/x / Σ μ. It does
 * not know that a price change of one day tells of the others, so a mirror that uses this can exceed it slightly.
 * @param requestsPerDay the budget
 */
export function relaxedOptimum(world: World, requestsPerDay: number): number {
  const items = itemsOf(world);
  let low = Math.log(1e-12);
  let high = Math.log(1e6);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    const price = Math.exp(middle);
    let spent = 0;
    for (const { weight, reads, changes } of items) {
      const x = urgencyInverse((price * changes) / reads);
      if (Number.isFinite(x)) spent += (weight * changes) / x;
    }
    if (spent > requestsPerDay) low = middle;
    else high = middle;
  }
  let fresh = 0;
  let all = 0;
  for (const { weight, reads, changes } of items) {
    const x = urgencyInverse((Math.exp(high) * changes) / reads);
    all += weight * reads;
    if (Number.isFinite(x)) fresh += (weight * reads * staleness(x)) / x;
  }
  return fresh / all;
}

interface Item {
  /** The number of days that it represents. */
  readonly weight: number;
  readonly reads: number;
  readonly changes: number;
}

function itemsOf(world: World): Item[] {
  const items: Item[] = [];
  world.popularity.forEach((popularity, experience) => {
    const openAt = new Map<number, number>();
    world.weekdayDemand.forEach((demand, weekday) => {
      if (world.open[experience]?.[weekday]) openAt.set(demand, (openAt.get(demand) ?? 0) + 1);
    });
    for (const [weekdayDemand, weekdays] of openAt) {
      for (let lead = 0; lead < LEADS; lead++) {
        items.push({
          weight: weekdays / 7,
          reads: popularity * weekdayDemand * (world.leadDemand[lead] ?? 0),
          changes: (world.bustle[experience] ?? 0) * (world.bookings.perLead[lead] ?? 0) + world.priceRate,
        });
      }
    }
  });
  return items;
}

/** The dates of each experience on each weekday; equal rows are merged. */
export function rowsOf(world: World): DateRow[] {
  return world.popularity.flatMap((popularity, experience) => {
    const rows = new Map<string, DateRow & { weight: number }>();
    for (let today = 0; today < 7; today++) {
      const demands = Array.from({ length: LEADS }, (_, lead) => {
        const weekday = (today + lead) % 7;
        return world.open[experience]?.[weekday] ? (world.weekdayDemand[weekday] ?? 0) : 0;
      });
      const dates = demands.map((demand, lead) => ({
        reads: popularity * demand * (world.leadDemand[lead] ?? 0),
        changes: (world.bustle[experience] ?? 0) * (world.bookings.perLead[lead] ?? 0) + world.priceRate,
      }));
      const row = rows.get(demands.join()) ?? { weight: 0, dates };
      row.weight += 1 / 7;
      rows.set(demands.join(), row);
    }
    return [...rows.values()];
  });
}

/** The relaxed optimum where one request answers so many consecutive dates. */
export function optimumOf(world: World, datesPerRequest: number, requestsPerDay: number): number {
  return datesPerRequest === 1
    ? relaxedOptimum(world, requestsPerDay)
    : relaxedSpanOptimum(world, datesPerRequest, requestsPerDay);
}

function relaxedSpanOptimum(world: World, length: number, requestsPerDay: number): number {
  const rows = rowsOf(world);
  let all = 0;
  for (const { weight, dates } of rows) for (const { reads } of dates) all += weight * reads;
  return spanBound(rows, length, requestsPerDay) / all;
}
