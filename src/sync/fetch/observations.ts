import type { MirrorSettings } from '../../config/index.js';
import type { DateReads, ReadCounts } from '../../experience/index.js';
import { CLOSED_FINGERPRINT, dayName, type DayDifference, type DayKey } from '../../inventory/index.js';
import type { MeasuredAccuracy } from '../accuracy/measured-accuracy.js';
import type { MirrorWindow } from '../window/mirror-window.js';
import type { ClaimedDay } from '../schedule/day-queue.js';
import type { LearnedRates } from '../rates/learned-rates.js';
import { multiplierOf, observationOf } from '../model/estimates.js';
import { changeTilt } from '../model/tilt.js';
import { timelineOf } from '../model/timeline.js';
import { PendingObservations } from '../rates/pending-observations.js';
import { isSuspect } from '../schedule/priorities.js';
import type { ClaimedSpan } from './span-leases.js';
import { UnjudgedReads } from './unjudged-reads.js';

/** Below this stale probability, a change of one price says nothing about other prices. */
const TELLING_PROBABILITY = 0.5;

/** Learns from the confirmations and reads of one supplier. Observations are kept in memory until `flush` stores them. */
export class Observations {
  private readonly pending: PendingObservations;
  private readonly unjudged: UnjudgedReads;
  /** The days that are being fetched because they were drawn at random. */
  private readonly audited = new Set<string>();

  /** @param recent the reads of a date that `flush` did not get so far */
  constructor(
    private readonly rates: LearnedRates,
    private readonly window: MirrorWindow,
    private readonly accuracy: MeasuredAccuracy,
    private readonly settings: MirrorSettings,
    recent: (day: DayKey) => DateReads | undefined,
  ) {
    this.pending = new PendingObservations(settings.windowDays);
    this.unjudged = new UnjudgedReads(this.pending, recent);
  }

  /** A request is sent for these days. */
  begin({ days, audited }: ClaimedSpan): void {
    this.unjudged.begin(days);
    if (audited) this.audited.add(dayName(audited));
  }

  /** The request is over, whatever came of it. */
  end({ days, audited }: ClaimedSpan): void {
    this.unjudged.end(days);
    if (audited) this.audited.delete(dayName(audited));
  }

  /**
   * @param day as it was when it was claimed
   * @param confirmedAt when the request was sent
   * @param difference null: it cannot be compared
   */
  async confirmed(day: ClaimedDay, confirmedAt: Date, difference: DayDifference | null): Promise<void> {
    const { reads, ahead, calendars, calendarsBefore } = this.unjudged.settle(day);
    if (day.confirmedAt === null || difference === null) return;
    const before = { ...day, confirmedAt: day.confirmedAt };
    this.learn(day, before.confirmedAt, confirmedAt, difference);
    const ofCalendars = calendarsBefore === null ? 0 : (calendars - calendarsBefore) / this.settings.windowDays;
    const settled = { reads: Math.max(0, reads), ahead, ofCalendars: Math.max(0, ofCalendars) };
    const finding = { confirmedAt, difference, audit: this.audited.has(dayName(day)) };
    let judged = before;
    try {
      judged = await this.withRepricing(before, confirmedAt, difference);
    } finally {
      this.accuracy.found(judged, settled, finding);
    }
  }

  /** Often all prices of an experience change at once, so its other days become suspect. */
  private async withRepricing<T extends ClaimedDay & { readonly confirmedAt: Date }>(
    day: T,
    now: Date,
    { prices }: DayDifference,
  ): Promise<T> {
    if (!prices || isSuspect(day)) return day;
    const { experienceId, confirmedAt: before, repricingStarts, repricingEnds } = day;
    const since = await this.rates.repriced({ experienceId, before, now });
    if (!since) return day;
    return { ...day, repricingStarts: [...repricingStarts, since], repricingEnds: [...repricingEnds, now] };
  }

  /** @param reads since the last call; undefined: none */
  noteReads(reads: ReadCounts | undefined): void {
    if (!reads) return;
    this.pending.readCounts(reads);
    this.unjudged.stored(reads.dates);
  }

  /** Stores the observations since the last call, and reads those of the other replicas. */
  async flush(): Promise<void> {
    await this.accuracy.store((beside) => this.rates.store(this.pending, beside));
    await this.rates.refresh();
  }

  private learn(day: ClaimedDay, before: Date, now: Date, { prices, rest }: DayDifference): void {
    const { model } = this.rates;
    const timeline = timelineOf(day.date, this.window.zoneOf(day.timeZone), model.activity, day.lastStart);
    const span = { confirmed: timeline.leadAt(before.getTime()), now: timeline.leadAt(now.getTime()) };
    if (day.fingerprint === CLOSED_FINGERPRINT) {
      this.pending.closedDay(prices || rest, Math.max(0, span.confirmed - span.now));
      return;
    }
    const suspect = isSuspect(day);
    if (suspect) this.pending.suspectDay(prices);
    // A price that changed together with others is not a change of this day alone. It has already been reported.
    const changed = rest || (prices && !(suspect && model.staleProbability >= TELLING_PROBABILITY));
    const { changes, bands } = this.rates.present(day);
    const multiplier = multiplierOf(changes, model.changes.scale);
    const tilt = changeTilt(bands, multiplier, model.changes.scale);
    this.pending.add(day.experienceId, observationOf(model.changes, multiplier, { ...span, changed }, tilt));
  }
}
