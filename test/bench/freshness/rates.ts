import { multiplierOf, observationOf } from '../../../src/sync/model/estimates.js';
import {
  addCounts,
  fadeBy,
  noCounts,
  rateModelOf,
  ratesOf,
  type ExperienceCounts,
} from '../../../src/sync/model/rate-model.js';
import type { DayRates } from '../../../src/sync/model/value-due.js';
import { PendingObservations } from '../../../src/sync/rates/pending-observations.js';
import { activityTime } from './calendar.js';
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
}

/** Learns as the service does, with its two tables of counts in memory. Time is days since the start. */
export class Rates {
  private readonly pending = new PendingObservations(LEADS);
  private counts = noCounts(LEADS);
  private readonly byExperience: ExperienceCounts[];
  private reads = noReads();
  private known;

  constructor(
    private readonly experiences: number,
    private learnedAt: number,
  ) {
    this.byExperience = Array.from({ length: experiences }, () => NOTHING);
    this.known = rateModelOf(this.counts, experiences);
  }

  get model() {
    return this.known;
  }

  of(experience: number, closed: boolean): DayRates {
    return ratesOf(this.known, this.byExperience[experience] ?? NOTHING, closed);
  }

  /** Of a day that was just opened. */
  ofNew(): DayRates {
    return ratesOf(this.known, { ...NOTHING, reads: this.known.meanReads }, false);
  }

  read(experience: number, date: number, now: number): void {
    const { byExperience, byLead, byHour } = this.reads;
    const lead = date - Math.floor(now);
    const hour = Math.floor((now - Math.floor(now)) * 24);
    byExperience.set(experience, (byExperience.get(experience) ?? 0) + 1);
    byLead[lead] = (byLead[lead] ?? 0) + 1;
    byHour[hour] = (byHour[hour] ?? 0) + 1;
  }

  /** The rules of `fetch/observations.ts`. */
  observe({ experience, date, before, now, sight, closed, suspect }: Observed): void {
    const { activity, changes, staleProbability } = this.known;
    const span = { confirmed: date - activityTime(activity, before), now: date - activityTime(activity, now) };
    if (closed) {
      this.pending.closedDay(sight.changed || sight.priceChanged, span.confirmed - span.now);
      return;
    }
    if (suspect) this.pending.suspectDay(sight.priceChanged);
    const changed = sight.changed || (sight.priceChanged && !(suspect && staleProbability > 0));
    const { changes: own } = this.byExperience[experience] ?? NOTHING;
    const observation = observationOf(changes, multiplierOf(own, changes.scale), { ...span, changed });
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
    this.byExperience.forEach(({ changes, reads }, experience) => {
      const { seen, expected, reads: read } = experiences.get(experience) ?? { seen: 0, expected: 0, reads: 0 };
      const added = { n: changes.n * kept + seen, e: changes.e * kept + expected };
      this.byExperience[experience] = { changes: added, reads: reads * kept + read };
    });
    this.known = rateModelOf(this.counts, this.experiences);
  }
}

const NOTHING: ExperienceCounts = { changes: { n: 0, e: 0 }, reads: 0 };

function noReads() {
  const none = (length: number) => Array.from({ length }, () => 0);
  return {
    byExperience: new Map<number, number>(),
    byLead: none(LEADS),
    byHour: none(24),
    calendars: new Map<number, number>(),
    dates: [],
  };
}
