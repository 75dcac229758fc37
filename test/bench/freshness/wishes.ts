import { changesBetween } from '../../../src/sync/model/change-curve.js';
import { staleness } from '../../../src/sync/model/value.js';
import type { DayRates } from '../../../src/sync/model/value-due.js';

/** Which reads make their day wanted: none, those past its promise, or those of a day that is probably stale. */
export type WishRule = 'none' | 'past promise' | 'probably stale';

/** Readers do not wait longer than this, days. */
const PATIENCE = 10 / 86_400;
const PROBABLY = 0.2;

/** What readers wait for, in the order in which they came. */
export class Wishes {
  private queue: { readonly day: number; readonly at: number }[] = [];

  constructor(private readonly rule: WishRule) {}

  wants(standing: () => { late: boolean; rates: DayRates; from: number; to: number }): boolean {
    if (this.rule === 'none') return false;
    const { late, rates, from, to } = standing();
    if (this.rule === 'past promise') return late;
    return staleness(rates.multiplier * changesBetween(rates.changes, from, to)) >= PROBABLY;
  }

  add(day: number, at: number): void {
    if (!this.queue.some((wish) => wish.day === day)) this.queue.push({ day, at });
  }

  first(now: number, confirmedAt: (day: number) => number): { readonly day: number; readonly at: number } | undefined {
    this.queue = this.queue.filter(({ day, at }) => now - at <= PATIENCE && confirmedAt(day) < at);
    return this.queue[0];
  }
}
