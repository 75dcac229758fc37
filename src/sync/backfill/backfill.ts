import { EventEmitter, once } from 'node:events';
import { dayName, type DayKey } from '../../inventory/index.js';
import type { Outcome } from '../fetch/day-refresher.js';
import type { FetchedDay } from '../fetch/fetch-events.js';
import type { BackfillProgress, BackfillState, VainState } from './backfill.shape.js';
import type { DayScope } from './sql/days-in-scope.js';

/** Days that are kept in memory at a time. The rest is read when these run out. */
const BATCH = 200;

/** Reads the next days of the scope of one supplier. */
export type NextDays = (supplier: string, scope: DayScope, after: DayKey | null, limit: number) => Promise<DayKey[]>;

type Answered = Omit<FetchedDay, 'reason'>;

/** The days of one supplier. */
interface Part {
  readonly waiting: Map<string, DayKey>;
  after: DayKey | null;
  exhausted: boolean;
  /** Grows whenever it is read anew or given up, so that what was being read then is dropped. */
  reading: number;
}

/** One backfill and its progress. Each day is fetched once. */
export class Backfill {
  private readonly ended = new EventEmitter().setMaxListeners(0);
  private readonly parts: ReadonlyMap<string, Part>;
  /** The names of days whose requests are in flight, with their suppliers. */
  private readonly inFlight = new Map<string, string>();
  private readonly failed = new Map<string, DayKey>();
  /** Days whose answer shows a state from before this began: by the table they would never be done. */
  private readonly settled = new Set<string>();
  private readonly counts = { confirmed: 0, changed: 0, unchanged: 0 };
  /** Suppliers that get no requests for a long time. */
  private readonly leftOut = new Map<string, VainState>();
  /** Suppliers that are not waited for any more. */
  private readonly vain = new Map<string, VainState>();
  private state: BackfillState = 'running';
  private finishedAt: Date | null = null;

  /**
   * @param days how many days are in scope
   * @param suppliers those that have days in scope
   */
  constructor(
    readonly id: string,
    private readonly scope: DayScope,
    private readonly days: number,
    readonly startedAt: Date,
    readonly suppliers: readonly string[],
    private readonly next: NextDays,
  ) {
    this.parts = new Map(
      suppliers.map((name) => [name, { waiting: new Map(), after: null, exhausted: false, reading: 0 }]),
    );
  }

  get over(): boolean {
    return this.state !== 'running';
  }

  /** Resolves when the backfill is over or the signal is aborted. */
  async end(signal: AbortSignal): Promise<void> {
    if (!this.over && !signal.aborted) await once(this.ended, 'end', { signal }).catch(() => undefined);
  }

  /** Up to `most` days of the supplier to fetch next. */
  async ahead(supplier: string, most: number, now: Date): Promise<DayKey[]> {
    const part = this.parts.get(supplier);
    if (!part) return [];
    // Batches may hold nothing to wait for: days that failed remain in scope, and are read again after each `again`.
    while (!this.over && part.waiting.size < most && !part.exhausted) await this.load(supplier, part);
    this.finishWhenThrough(now);
    return [...part.waiting.values()].slice(0, most);
  }

  /** Notes which of the offered days are fetched now. The others are leased by another process and are offered again later. */
  claimed(supplier: string, offered: readonly DayKey[], taken: readonly DayKey[]): void {
    const waiting = this.parts.get(supplier)?.waiting;
    const sent = new Set(taken.map(dayName));
    for (const day of offered) {
      const name = dayName(day);
      if (!waiting?.delete(name)) continue;
      if (sent.has(name)) this.inFlight.set(name, supplier);
      else waiting.set(name, day);
    }
  }

  /** Notes what a request meant for a day, whatever it was for. @returns whether this backfill waited for the day */
  answered({ day, outcome, confirmedAt }: Answered, now: Date): boolean {
    const name = dayName(day);
    const supplier = this.inFlight.get(name);
    const isOld = confirmedAt !== undefined && confirmedAt < this.startedAt;
    // Somebody's request from before this began.
    if (supplier === undefined && isOld) return false;
    const part = supplier === undefined ? this.partWith(name) : this.parts.get(supplier);
    if (!part) return false;
    this.inFlight.delete(name);
    if (outcome === 'refused' || outcome === 'released') {
      part.waiting.set(name, { experienceId: day.experienceId, date: day.date });
      // Of a supplier that is not waited for, nothing is waited for.
      const why = supplier === undefined ? undefined : this.vain.get(supplier);
      if (supplier !== undefined && why) this.leaveOut(supplier, why, now);
      return true;
    }
    part.waiting.delete(name);
    if (outcome === 'superseded' || isOld) this.settled.add(name);
    if (outcome === 'failed' || outcome === 'unconfirmed')
      this.failed.set(name, { experienceId: day.experienceId, date: day.date });
    else this.confirm(outcome);
    this.finishWhenThrough(now);
    return true;
  }

  /** Another process confirmed the day. */
  confirmedElsewhere(day: DayKey, confirmedAt: Date, now: Date): void {
    if (confirmedAt < this.startedAt || !this.partWith(dayName(day))?.waiting.delete(dayName(day))) return;
    this.confirm('superseded');
    this.finishWhenThrough(now);
  }

  /** Reads the remaining days again. Some may have been removed, or confirmed without a notification reaching us. */
  again(): void {
    for (const [supplier, part] of this.parts) {
      if (this.leftOut.has(supplier)) continue;
      this.vain.delete(supplier);
      part.waiting.clear();
      part.after = null;
      part.exhausted = false;
      part.reading++;
    }
  }

  /** The supplier gets no requests for a long time, so its remaining days are not waited for. */
  leaveOut(supplier: string, why: VainState, now: Date): void {
    const part = this.parts.get(supplier);
    if (!part) return;
    this.vain.set(supplier, why);
    if (!part.exhausted || part.waiting.size > 0) this.leftOut.set(supplier, why);
    part.waiting.clear();
    part.exhausted = true;
    part.reading++;
    this.finishWhenThrough(now);
  }

  finish(state: BackfillState, now: Date): void {
    if (this.over) return;
    this.state = state;
    this.finishedAt = now;
    for (const { waiting } of this.parts.values()) waiting.clear();
    this.ended.emit('end');
  }

  /** The first of those that failed. */
  failedDays(most: number): readonly DayKey[] {
    return [...this.failed.values()].slice(0, most);
  }

  report(): BackfillProgress {
    const { days } = this;
    const left = Math.max(0, days - this.counts.confirmed - this.failed.size);
    return {
      ...{ state: this.state, days, ...this.counts, failed: this.failed.size, left },
      leftOut: [...this.leftOut].map(([supplier, state]) => ({ supplier, state })),
      ...{ startedAt: this.startedAt.toISOString(), finishedAt: this.finishedAt?.toISOString() ?? null },
    };
  }

  private async load(supplier: string, part: Part): Promise<void> {
    const { reading } = part;
    const batch = await this.next(supplier, this.scope, part.after, BATCH);
    if (this.over || part.reading !== reading) return;
    part.after = batch.at(-1) ?? part.after;
    part.exhausted = batch.length < BATCH;
    for (const day of batch) {
      const name = dayName(day);
      if (![this.inFlight, this.failed, this.settled].some((known) => known.has(name))) part.waiting.set(name, day);
    }
  }

  private partWith(name: string): Part | undefined {
    return [...this.parts.values()].find(({ waiting }) => waiting.has(name));
  }

  private confirm(outcome: Outcome): void {
    this.counts.confirmed++;
    if (outcome === 'changed' || outcome === 'unchanged') this.counts[outcome]++;
  }

  private finishWhenThrough(now: Date): void {
    const isThrough = [...this.parts.values()].every(({ exhausted, waiting }) => exhausted && waiting.size === 0);
    if (!isThrough || this.inFlight.size > 0) return;
    this.finish(this.failed.size > 0 || this.leftOut.size > 0 ? 'incomplete' : 'done', now);
  }
}
