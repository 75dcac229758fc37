import { EventEmitter, once } from 'node:events';
import { dayName, type DayKey } from '../../inventory/index.js';
import type { Outcome } from '../fetch/day-refresher.js';
import type { BackfillReport, BackfillState } from './backfill.shape.js';
import type { DayScope } from './sql/days-in-scope.js';

/** Days that are kept in memory at a time. The rest is read when these run out. */
const BATCH = 200;

/** Reads the next days of the scope. */
export type NextDays = (scope: DayScope, after: DayKey | null, limit: number) => Promise<DayKey[]>;

/** One backfill and its progress. Each day is fetched once. */
export class Backfill {
  private readonly ended = new EventEmitter().setMaxListeners(0);
  private readonly waiting = new Map<string, DayKey>();
  private readonly asking = new Set<string>();
  private readonly failed = new Set<string>();
  private readonly counts = { confirmed: 0, changed: 0, unchanged: 0 };
  private after: DayKey | null = null;
  private exhausted = false;
  private state: BackfillState = 'running';
  private finishedAt: Date | null = null;

  /** @param days how many days are in scope */
  constructor(
    private readonly scope: DayScope,
    private readonly days: number,
    readonly startedAt: Date,
    private readonly next: NextDays,
  ) {}

  get over(): boolean {
    return this.state !== 'running';
  }

  /** Resolves when the backfill is over or the signal is aborted. */
  async end(signal: AbortSignal): Promise<void> {
    if (!this.over && !signal.aborted) await once(this.ended, 'end', { signal }).catch(() => undefined);
  }

  /** Up to `most` days to fetch next. */
  async ahead(most: number, now: Date): Promise<DayKey[]> {
    if (this.waiting.size < most && !this.exhausted) await this.load();
    if (this.exhausted && this.waiting.size + this.asking.size === 0) {
      this.finish(this.failed.size > 0 ? 'incomplete' : 'done', now);
    }
    return [...this.waiting.values()].slice(0, most);
  }

  /** Notes which of the offered days are fetched now. The others are leased by another process and are offered again later. */
  asked(offered: readonly DayKey[], taken: readonly DayKey[]): void {
    const sent = new Set(taken.map(dayName));
    for (const day of offered) {
      const name = dayName(day);
      if (!this.waiting.delete(name)) continue;
      if (sent.has(name)) this.asking.add(name);
      else this.waiting.set(name, day);
    }
  }

  /** Notes the outcome of a request for a day, whatever it was for. @returns whether this backfill waited for the day */
  answered(day: DayKey, outcome: Outcome, now: Date): boolean {
    const name = dayName(day);
    const asked = this.asking.delete(name);
    if (!asked && !this.waiting.has(name)) return false;
    if (outcome === 'refused') {
      this.waiting.set(name, { experienceId: day.experienceId, date: day.date });
      return true;
    }
    this.waiting.delete(name);
    if (outcome === 'failed' || outcome === 'unconfirmed') this.failed.add(name);
    else this.confirm(outcome);
    this.finishWhenThrough(now);
    return true;
  }

  /** Another process confirmed the day. */
  confirmedElsewhere(day: DayKey, confirmedAt: Date, now: Date): void {
    if (confirmedAt < this.startedAt || !this.waiting.delete(dayName(day))) return;
    this.confirm('superseded');
    this.finishWhenThrough(now);
  }

  /** Reads the remaining days again. Some may have been removed, or confirmed without a notification reaching us. */
  again(): void {
    this.waiting.clear();
    this.after = null;
    this.exhausted = false;
  }

  finish(state: BackfillState, now: Date): void {
    if (this.over) return;
    this.state = state;
    this.finishedAt = now;
    this.waiting.clear();
    this.ended.emit('end');
  }

  report(): BackfillReport {
    const { days } = this;
    const left = Math.max(0, days - this.counts.confirmed - this.failed.size);
    return {
      ...{ state: this.state, days, ...this.counts, failed: this.failed.size, left },
      ...{ startedAt: this.startedAt.toISOString(), finishedAt: this.finishedAt?.toISOString() ?? null },
    };
  }

  private async load(): Promise<void> {
    const batch = await this.next(this.scope, this.after, BATCH);
    this.after = batch.at(-1) ?? this.after;
    this.exhausted = batch.length < BATCH;
    for (const day of batch) {
      const name = dayName(day);
      if (!this.asking.has(name) && !this.failed.has(name)) this.waiting.set(name, day);
    }
  }

  private confirm(outcome: Outcome): void {
    this.counts.confirmed++;
    if (outcome === 'changed' || outcome === 'unchanged') this.counts[outcome]++;
  }

  private finishWhenThrough(now: Date): void {
    if (this.exhausted && this.waiting.size + this.asking.size === 0) {
      this.finish(this.failed.size > 0 ? 'incomplete' : 'done', now);
    }
  }
}
