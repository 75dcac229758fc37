import type { ReadCounts } from '../experience/index.js';
import type { Lesson } from './policy/estimates.js';
import { addCounts, noCounts, withLesson, type MarketCounts } from './policy/market.js';

/** What was seen of one experience. */
export interface ExperienceNews {
  readonly seen: number;
  readonly expected: number;
  readonly reads: number;
}

const NONE: ExperienceNews = { seen: 0, expected: 0, reads: 0 };

/** What this process has seen and not stored yet. */
export class RatesNews {
  private experiences = new Map<number, ExperienceNews>();
  private market: MarketCounts;
  private news = false;

  constructor(private readonly leads: number) {
    this.market = noCounts(leads);
  }

  lesson(experienceId: number, lesson: Lesson): void {
    this.add(experienceId, { seen: lesson.experience.n, expected: lesson.experience.e, reads: 0 });
    this.market = withLesson(this.market, lesson);
    this.news = true;
  }

  /** @param exposure activity days since it was confirmed closed */
  closedDay(changed: boolean, exposure: number): void {
    const { n, e } = this.market.closed;
    this.market = { ...this.market, closed: { n: n + (changed ? 1 : 0), e: e + exposure } };
    this.news = true;
  }

  suspectDay(repriced: boolean): void {
    const { n, e } = this.market.suspects;
    this.market = { ...this.market, suspects: { n: n + (repriced ? 1 : 0), e: e + 1 } };
    this.news = true;
  }

  readCounts({ byExperience, byLead, byHour }: ReadCounts): void {
    if (byExperience.size === 0) return;
    this.news = true;
    for (const [id, reads] of byExperience) this.add(id, { ...NONE, reads });
    this.market = addCounts(this.market, 1, { ...noCounts(this.leads), readsByLead: byLead, readsByHour: byHour });
  }

  get empty(): boolean {
    return !this.news;
  }

  /** Everything so far; from now on there is nothing. */
  take(): { readonly experiences: ReadonlyMap<number, ExperienceNews>; readonly market: MarketCounts } {
    const { experiences, market } = this;
    this.experiences = new Map();
    this.market = noCounts(this.leads);
    this.news = false;
    return { experiences, market };
  }

  /** What was taken could not be stored. */
  putBack({ experiences, market }: ReturnType<RatesNews['take']>): void {
    for (const [id, news] of experiences) this.add(id, news);
    this.news = true;
    this.market = addCounts(this.market, 1, market);
  }

  private add(experienceId: number, { seen, expected, reads }: ExperienceNews): void {
    const before = this.experiences.get(experienceId) ?? NONE;
    this.experiences.set(experienceId, {
      seen: before.seen + seen,
      expected: before.expected + expected,
      reads: before.reads + reads,
    });
  }
}
