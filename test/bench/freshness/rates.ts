import { multiplierOf, observationOf } from '../../../src/sync/model/estimates.js';
import {
  addCounts,
  fadeBy,
  noCounts,
  NO_COUNTS,
  rateModelOf,
  ratesOf,
  readsOfDates,
  type ExperienceCounts,
} from '../../../src/sync/model/rate-model.js';
import { dateDemand } from '../../../src/sync/model/date-demand.js';
import { addBands, changeTilt, NO_BANDS } from '../../../src/sync/model/tilt.js';
import type { DateReads } from '../../../src/experience/index.js';
import { DateTally } from './date-tally.js';
import type { DayRates } from '../../../src/sync/model/value-due.js';
import { PendingObservations } from '../../../src/sync/rates/pending-observations.js';
import { dateOf, DAY_MS, timelineOf } from './calendar.js';
import type { Sight } from './truth.js';
import { LEADS } from './world.js';

/** Two answers for one day, one after the other. */
export interface Observed {
  readonly experience: number;
  readonly date: number;
  readonly before: number;
  readonly now: number;
  readonly sight: Sight;
  /** As the day stood before the second answer. */
  readonly closed: boolean;
  readonly suspect: boolean;
  readonly lastStart: Date | null;
}

/** Learns as the service does, with its two tables of counts in memory. Time is days since the start. */
export class Rates {
  private readonly pending = new PendingObservations(LEADS);
  private counts = noCounts(LEADS);
  private readonly byExperience: ExperienceCounts[];
  private reads = noReads();
  private readonly ofDates: DateTally;
  private readonly own = new Map<number, DayRates>();
  private known;

  constructor(
    private readonly experiences: number,
    private learnedAt: number,
    dates: number,
  ) {
    this.ofDates = new DateTally(experiences * dates, dates);
    this.byExperience = Array.from({ length: experiences }, () => NO_COUNTS);
    this.known = rateModelOf(this.counts, experiences, partOf(learnedAt));
  }

  get model() {
    return this.known;
  }

  /** @param u its present activity lead */
  of(experience: number, date: number, closed: boolean, now: number, u: number): DayRates {
    const counts = this.byExperience[experience] ?? NO_COUNTS;
    const key = experience * 2 + (closed ? 1 : 0);
    const rates = this.own.get(key) ?? ratesOf(this.known, counts, closed);
    this.own.set(key, rates);
    // What `ratesOf` does with the reads of a date, but with the other rates of the experience computed once.
    const own = { reads: this.ofDates.reads(experience, date, now), now: u };
    const factor = dateDemand(rates.leadDemand, readsOfDates(counts), this.known.days, own);
    return { ...rates, demand: rates.demand * factor };
  }

  /** Of a day that was just opened. */
  ofNew(): DayRates {
    return ratesOf(this.known, { ...NO_COUNTS, reads: this.known.meanReads }, false);
  }

  /** The most read first. */
  byReads(): readonly number[] {
    const reads = this.byExperience.map((counts) => counts.reads);
    return reads.map((_, experience) => experience).sort((a, b) => (reads[b] ?? 0) - (reads[a] ?? 0));
  }

  read(experience: number, date: number, now: number): void {
    const { byExperience, byLead, byHour } = this.reads;
    const lead = date - Math.floor(now);
    const hour = Math.floor(partOf(now) * 24);
    byExperience.set(experience, (byExperience.get(experience) ?? 0) + 1);
    byLead[lead] = (byLead[lead] ?? 0) + 1;
    if (lead > 0) byHour[hour] = (byHour[hour] ?? 0) + 1;
    this.reads.dates.push({ experienceId: experience, date: dateOf(date), lead, reads: 1, at: now * DAY_MS });
    this.ofDates.add(experience, date, now);
  }

  /** The rules of `fetch/observations.ts`. */
  observe({ experience, date, before, now, sight, closed, suspect, lastStart }: Observed): void {
    const { activity, changes, staleProbability } = this.known;
    const { leadAt } = timelineOf(date, activity, lastStart);
    const span = { confirmed: leadAt(before * DAY_MS), now: leadAt(now * DAY_MS) };
    if (closed) {
      this.pending.closedDay(sight.changed || sight.priceChanged, span.confirmed - span.now);
      return;
    }
    if (suspect) this.pending.suspectDay(sight.priceChanged);
    const changed = sight.changed || (sight.priceChanged && !(suspect && staleProbability > 0));
    const { changes: own, bands } = this.byExperience[experience] ?? NO_COUNTS;
    const multiplier = multiplierOf(own, changes.scale);
    const tilt = changeTilt(bands, multiplier, changes.scale);
    const observation = observationOf(changes, multiplier, { ...span, changed }, tilt);
    this.pending.add(experience, observation);
  }

  /** Turns what was observed since the last time into rates. */
  learn(now: number): void {
    const kept = fadeBy(now - this.learnedAt);
    this.learnedAt = now;
    this.pending.readCounts(this.reads);
    this.reads = noReads();
    const { experiences, counts } = this.pending.take();
    this.counts = addCounts(this.counts, kept, counts);
    this.byExperience.forEach(({ changes, reads, bands }, experience) => {
      const observed = experiences.get(experience);
      this.byExperience[experience] = {
        changes: { n: changes.n * kept + (observed?.seen ?? 0), e: changes.e * kept + (observed?.expected ?? 0) },
        reads: reads * kept + (observed?.reads ?? 0),
        calendarReads: 0,
        bands: addBands(bands, kept, observed?.bands ?? NO_BANDS),
      };
    });
    this.own.clear();
    this.known = rateModelOf(this.counts, this.experiences, partOf(now));
  }
}

function partOf(time: number): number {
  return time - Math.floor(time);
}

function noReads() {
  const none = (length: number) => Array.from({ length }, () => 0);
  return {
    byExperience: new Map<number, number>(),
    byLead: none(LEADS),
    byHour: none(24),
    calendars: new Map<number, number>(),
    dates: [] as DateReads[],
  };
}
