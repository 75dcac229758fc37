import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ResponseCache } from '../../http/index.js';
import { DayEvents, type ConfirmedDay } from '../../inventory/index.js';
import { Clock, daysBetween, type LocalDate } from '../../time/index.js';
import type { AnsweredPage } from './availability-answer.js';

/** The most answers, and the most days in them, whose parts are kept: about 20 MB. Each confirmed day looks at every answer. */
const MOST_ANSWERS = 2_000;
const MOST_DAYS = 30_000;

/** Which days an answer shows. */
export interface Scope {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Null: all experiences from the first to the last id of a page. */
  readonly experiences: ReadonlySet<number> | null;
  /** At most so many experiences. */
  readonly most: number;
}

/** The parts of one answer, and which of them have changed since they were read. */
export class KeptAnswer {
  private kept: AnsweredPage | undefined;
  /** On the page; undefined: not known. */
  private ids: ReadonlySet<number> | undefined;
  /** By experience: which change was the last. */
  private readonly changes = new Map<number, number>();
  private counted = 0;
  private begun = 0;

  constructor(readonly scope: Scope) {}

  /** Undefined: all of it has to be read. */
  get page(): AnsweredPage | undefined {
    return this.kept;
  }

  /** The experiences that changed since they were read. */
  get changed(): Pick<ReadonlySet<number>, 'has'> {
    return this.changes;
  }

  /**
   * A read begins. What changes from now on may not be in it. Of several reads at once only the last to begin is kept, because it
   * alone knows of all changes before it.
   */
  begin(): { end: (page: AnsweredPage) => void } {
    const mine = ++this.begun;
    const before = new Map(this.changes);
    return {
      end: (page) => {
        if (this.begun !== mine) return;
        this.kept = page;
        this.ids = new Set(page.parts.map(({ id }) => id));
        for (const [id, change] of before) if (this.changes.get(id) === change) this.changes.delete(id);
      },
    };
  }

  note(experienceId: number): void {
    this.changes.set(experienceId, ++this.counted);
  }

  /** All of it may be different; also what is being read. */
  drop(): void {
    this.kept = undefined;
    this.ids = undefined;
    this.begun++;
  }

  shows(experienceId: number): boolean {
    const shown = this.scope.experiences ?? this.ids;
    return shown === undefined || shown.has(experienceId);
  }
}

/**
 * Answers about many days, in parts by experience. A confirmed day makes the answers that show it leave the response cache, and
 * only its own part has to be read again. Every answer in the response cache that shows many days is here, so that none stays
 * there that a notification concerns.
 */
@Injectable()
export class KeptParts {
  private readonly answers: LRUCache<string, KeptAnswer>;

  constructor(
    private readonly cache: ResponseCache,
    events: DayEvents,
    clock: Clock,
  ) {
    this.answers = new LRUCache({
      max: MOST_ANSWERS,
      maxSize: MOST_DAYS,
      // A page may be empty, and so may a range.
      sizeCalculation: ({ scope }) => Math.max(1, scope.most * daysBetween(scope.from, scope.to)),
      // The cache may keep only what is known here.
      dispose: (_answer, url) => {
        this.cache.forget(url);
      },
    });
    events.onConfirmed((day) => {
      this.changedDay(day);
    });
    events.onExperience((id) => {
      this.changedExperience(id);
    });
    events.onLost(() => {
      this.answers.clear();
    });
    // The time until which each part may be used was another clock's.
    clock.onSet(() => {
      this.answers.clear();
    });
  }

  /** The answer at this URL, from now on notified of changes. */
  of(url: string, scope: Scope): KeptAnswer {
    const known = this.answers.get(url);
    // The window may have moved on since: the dates that it has gained are to be heard of too.
    if (known?.scope.from === scope.from && known.scope.to === scope.to) return known;
    const answer = new KeptAnswer(scope);
    this.answers.set(url, answer);
    return answer;
  }

  private changedDay({ experienceId, date }: ConfirmedDay): void {
    for (const [url, answer] of this.answers.entries()) {
      const { from, to } = answer.scope;
      if (date < from || date >= to || !answer.shows(experienceId)) continue;
      answer.note(experienceId);
      this.cache.forget(url);
    }
  }

  /** Which experiences are on a page, their zones and their suppliers may be others. */
  private changedExperience(id: number): void {
    for (const [url, answer] of this.answers.entries()) {
      if (answer.scope.experiences && !answer.shows(id)) continue;
      answer.drop();
      this.cache.forget(url);
    }
  }
}
