import { DateReadCounts, type DateReads, type ReadCounts } from '../../experience/index.js';
import { dayName, type DayKey } from '../../inventory/index.js';
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

/** Reads of a date that its confirmation judged, so that the next one does not judge them again. */
export interface SettledReads extends DayKey {
  readonly reads: number;
  /** How many seconds before 00:00 UTC of the date they were, added up. */
  readonly ahead: number;
  /** The reads of calendars of its experience until then. */
  readonly calendars: number;
}

/** What `PendingObservations` held. */
export interface TakenObservations {
  readonly experiences: ReadonlyMap<number, ExperienceObservations>;
  readonly counts: RateCounts;
  readonly dates: readonly DateReads[];
  readonly settled: readonly SettledReads[];
}

/** Observations of this process that are not stored yet. */
export class PendingObservations {
  private experiences = new Map<number, ExperienceObservations>();
  private dates = new DateReadCounts();
  private settled = new Map<string, SettledReads>();
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

  settle(reads: SettledReads): void {
    this.hasNew = true;
    const key = dayName(reads);
    const before = this.settled.get(key);
    this.settled.set(key, before ? together(before, reads) : reads);
  }

  /** Reads of a date that were judged since the last `take`. */
  settledOf(day: DayKey): SettledReads | undefined {
    return this.settled.get(dayName(day));
  }

  get empty(): boolean {
    return !this.hasNew;
  }

  /** Returns all observations and clears them. */
  take(): TakenObservations {
    const { experiences, counts } = this;
    const dates = this.dates.all;
    const settled = [...this.settled.values()];
    this.experiences = new Map();
    this.counts = noCounts(this.leads);
    this.dates = new DateReadCounts();
    this.settled = new Map();
    this.hasNew = false;
    return { experiences, counts, dates, settled };
  }

  /** Adds taken observations back, because they could not be stored. */
  putBack({ experiences, counts, dates, settled }: TakenObservations): void {
    for (const [id, seen] of experiences) this.addExperience(id, seen);
    this.hasNew = true;
    this.counts = addCounts(this.counts, 1, counts);
    this.addDates(dates);
    for (const reads of settled) this.settle(reads);
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

function together(a: SettledReads, b: SettledReads): SettledReads {
  const calendars = Math.max(a.calendars, b.calendars);
  return { ...a, reads: a.reads + b.reads, ahead: a.ahead + b.ahead, calendars };
}
