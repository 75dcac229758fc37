import { DateReadCounts, type DateReads, type ReadCounts } from '../../experience/index.js';
import type { Observation } from '../model/estimates.js';
import { addCounts, noCounts, withObservation, type RateCounts } from '../model/rate-model.js';

/** Observations of one experience. */
export interface ExperienceObservations {
  readonly seen: number;
  readonly expected: number;
  readonly reads: number;
  /** Of these, those of calendars. */
  readonly calendars: number;
}

const NONE: ExperienceObservations = { seen: 0, expected: 0, reads: 0, calendars: 0 };

/** What `PendingObservations` held. */
export interface TakenObservations {
  readonly experiences: ReadonlyMap<number, ExperienceObservations>;
  readonly counts: RateCounts;
  readonly dates: readonly DateReads[];
}

/** Observations of this process that are not stored yet. */
export class PendingObservations {
  private experiences = new Map<number, ExperienceObservations>();
  private dates = new DateReadCounts();
  private counts: RateCounts;
  private hasNew = false;

  constructor(private readonly leads: number) {
    this.counts = noCounts(leads);
  }

  add(experienceId: number, observation: Observation): void {
    this.addExperience(experienceId, { ...NONE, seen: observation.experience.n, expected: observation.experience.e });
    this.counts = withObservation(this.counts, observation);
    this.hasNew = true;
  }

  /** @param exposure activity days since the day was confirmed closed */
  closedDay(changed: boolean, exposure: number): void {
    const { n, e } = this.counts.closed;
    this.counts = { ...this.counts, closed: { n: n + (changed ? 1 : 0), e: e + exposure } };
    this.hasNew = true;
  }

  suspectDay(repriced: boolean): void {
    const { n, e } = this.counts.suspects;
    this.counts = { ...this.counts, suspects: { n: n + (repriced ? 1 : 0), e: e + 1 } };
    this.hasNew = true;
  }

  readCounts({ byExperience, calendars, byLead, byHour, dates }: ReadCounts): void {
    if (byExperience.size === 0) return;
    this.hasNew = true;
    for (const [id, reads] of byExperience) {
      this.addExperience(id, { ...NONE, reads, calendars: calendars.get(id) ?? 0 });
    }
    this.addDates(dates);
    this.counts = addCounts(this.counts, 1, { ...noCounts(this.leads), readsByLead: byLead, readsByHour: byHour });
  }

  get empty(): boolean {
    return !this.hasNew;
  }

  /** Returns all observations and clears them. */
  take(): TakenObservations {
    const { experiences, counts } = this;
    const dates = this.dates.all;
    this.experiences = new Map();
    this.counts = noCounts(this.leads);
    this.dates = new DateReadCounts();
    this.hasNew = false;
    return { experiences, counts, dates };
  }

  /** Adds taken observations back, because they could not be stored. */
  putBack({ experiences, counts, dates }: TakenObservations): void {
    for (const [id, seen] of experiences) this.addExperience(id, seen);
    this.hasNew = true;
    this.counts = addCounts(this.counts, 1, counts);
    this.addDates(dates);
  }

  private addDates(dates: readonly DateReads[]): void {
    for (const reads of dates) this.dates.add(reads);
  }

  private addExperience(experienceId: number, { seen, expected, reads, calendars }: ExperienceObservations): void {
    const before = this.experiences.get(experienceId) ?? NONE;
    this.experiences.set(experienceId, {
      seen: before.seen + seen,
      expected: before.expected + expected,
      reads: before.reads + reads,
      calendars: before.calendars + calendars,
    });
  }
}
