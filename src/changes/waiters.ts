import type { FeedChange } from './stored-change.js';

/** Null: all experiences. */
export type Experiences = ReadonlySet<number> | null;

interface Waiter {
  readonly experiences: Experiences;
  readonly resolve: (changes: readonly FeedChange[] | undefined) => void;
}

/**
 * Readers that wait for a change. Whoever waits for other experiences costs nothing when one changes. Undefined means: read the
 * table again.
 */
export class Waiters {
  private readonly ofAll = new Set<Waiter>();
  private readonly byExperience = new Map<number, Set<Waiter>>();
  private waiting = 0;

  get size(): number {
    return this.waiting;
  }

  /** Resolves with the first changes of these experiences that come; empty: the signal was aborted before. */
  wait(experiences: Experiences, signal: AbortSignal): Promise<readonly FeedChange[] | undefined> {
    if (signal.aborted) return Promise.resolve([]);
    return new Promise((resolve) => {
      const abort = () => {
        end([]);
      };
      const end = (changes: readonly FeedChange[] | undefined) => {
        signal.removeEventListener('abort', abort);
        this.remove(waiter);
        resolve(changes);
      };
      const waiter: Waiter = { experiences, resolve: end };
      this.waiting += 1;
      for (const set of this.setsOf(experiences)) set.add(waiter);
      signal.addEventListener('abort', abort);
    });
  }

  deliver(changes: readonly FeedChange[]): void {
    const found = new Set(changes.length > 0 ? this.ofAll : []);
    for (const { content } of changes) this.byExperience.get(content.experienceId)?.forEach((one) => found.add(one));
    for (const { experiences, resolve } of found) resolve(ofExperiences(changes, experiences));
  }

  /** Has all of them read the table again. */
  dismiss(): void {
    const all = new Set([...this.ofAll, ...[...this.byExperience.values()].flatMap((set) => [...set])]);
    for (const { resolve } of all) resolve(undefined);
  }

  private remove(waiter: Waiter): void {
    this.waiting -= 1;
    this.ofAll.delete(waiter);
    for (const id of waiter.experiences ?? []) {
      const set = this.byExperience.get(id);
      set?.delete(waiter);
      if (set?.size === 0) this.byExperience.delete(id);
    }
  }

  private setsOf(experiences: Experiences): Set<Waiter>[] {
    if (experiences === null) return [this.ofAll];
    return [...experiences].map((id) => {
      const set = this.byExperience.get(id) ?? new Set();
      this.byExperience.set(id, set);
      return set;
    });
  }
}

export function ofExperiences(changes: readonly FeedChange[], experiences: Experiences): readonly FeedChange[] {
  return experiences === null ? changes : changes.filter(({ content }) => experiences.has(content.experienceId));
}
