import type { ReadCounts } from '../../experience/index.js';
import type { Observation } from '../model/estimates.js';
import { addCounts, noCounts, withObservation, type RateCounts } from '../model/rate-model.js';

/** Observations of one experience. */
export interface ExperienceObservations {
  readonly seen: number;
  readonly expected: number;
  readonly reads: number;
}

const NONE: ExperienceObservations = { seen: 0, expected: 0, reads: 0 };

/** Observations of this process that are not stored yet. */
export class PendingObservations {
  private experiences = new Map<number, ExperienceObservations>();
  private counts: RateCounts;
  private hasNew = false;

  constructor(private readonly leads: number) {
    this.counts = noCounts(leads);
  }

  add(experienceId: number, observation: Observation): void {
    this.addExperience(experienceId, { seen: observation.experience.n, expected: observation.experience.e, reads: 0 });
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

  readCounts({ byExperience, byLead, byHour }: ReadCounts): void {
    if (byExperience.size === 0) return;
    this.hasNew = true;
    for (const [id, reads] of byExperience) this.addExperience(id, { ...NONE, reads });
    this.counts = addCounts(this.counts, 1, { ...noCounts(this.leads), readsByLead: byLead, readsByHour: byHour });
  }

  get empty(): boolean {
    return !this.hasNew;
  }

  /** Returns all observations and clears them. */
  take(): { readonly experiences: ReadonlyMap<number, ExperienceObservations>; readonly counts: RateCounts } {
    const { experiences, counts } = this;
    this.experiences = new Map();
    this.counts = noCounts(this.leads);
    this.hasNew = false;
    return { experiences, counts };
  }

  /** Adds taken observations back, because they could not be stored. */
  putBack({ experiences, counts }: ReturnType<PendingObservations['take']>): void {
    for (const [id, seen] of experiences) this.addExperience(id, seen);
    this.hasNew = true;
    this.counts = addCounts(this.counts, 1, counts);
  }

  private addExperience(experienceId: number, { seen, expected, reads }: ExperienceObservations): void {
    const before = this.experiences.get(experienceId) ?? NONE;
    this.experiences.set(experienceId, {
      seen: before.seen + seen,
      expected: before.expected + expected,
      reads: before.reads + reads,
    });
  }
}
