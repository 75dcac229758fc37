import type { ReadCounts } from '../../experience/index.js';
import type { Observation } from '../model/estimates.js';
import { addCounts, noCounts, withObservation, type RateCounts } from '../model/rate-model.js';

/** What was seen of one experience. */
export interface ExperienceObservations {
  readonly seen: number;
  readonly expected: number;
  readonly reads: number;
}

const NONE: ExperienceObservations = { seen: 0, expected: 0, reads: 0 };

/** What this process has seen and not stored yet. */
export class PendingObservations {
  private experiences = new Map<number, ExperienceObservations>();
  private model: RateCounts;
  private news = false;

  constructor(private readonly leads: number) {
    this.model = noCounts(leads);
  }

  lesson(experienceId: number, lesson: Observation): void {
    this.add(experienceId, { seen: lesson.experience.n, expected: lesson.experience.e, reads: 0 });
    this.model = withObservation(this.model, lesson);
    this.news = true;
  }

  /** @param exposure activity days since it was confirmed closed */
  closedDay(changed: boolean, exposure: number): void {
    const { n, e } = this.model.closed;
    this.model = { ...this.model, closed: { n: n + (changed ? 1 : 0), e: e + exposure } };
    this.news = true;
  }

  suspectDay(repriced: boolean): void {
    const { n, e } = this.model.suspects;
    this.model = { ...this.model, suspects: { n: n + (repriced ? 1 : 0), e: e + 1 } };
    this.news = true;
  }

  readCounts({ byExperience, byLead, byHour }: ReadCounts): void {
    if (byExperience.size === 0) return;
    this.news = true;
    for (const [id, reads] of byExperience) this.add(id, { ...NONE, reads });
    this.model = addCounts(this.model, 1, { ...noCounts(this.leads), readsByLead: byLead, readsByHour: byHour });
  }

  get empty(): boolean {
    return !this.news;
  }

  /** Everything so far; from now on there is nothing. */
  take(): { readonly experiences: ReadonlyMap<number, ExperienceObservations>; readonly model: RateCounts } {
    const { experiences, model } = this;
    this.experiences = new Map();
    this.model = noCounts(this.leads);
    this.news = false;
    return { experiences, model };
  }

  /** What was taken could not be stored. */
  putBack({ experiences, model }: ReturnType<PendingObservations['take']>): void {
    for (const [id, news] of experiences) this.add(id, news);
    this.news = true;
    this.model = addCounts(this.model, 1, model);
  }

  private add(experienceId: number, { seen, expected, reads }: ExperienceObservations): void {
    const before = this.experiences.get(experienceId) ?? NONE;
    this.experiences.set(experienceId, {
      seen: before.seen + seen,
      expected: before.expected + expected,
      reads: before.reads + reads,
    });
  }
}
