import { Injectable } from '@nestjs/common';
import { ResponseCache } from '../http/index.js';
import { DayEvents } from '../inventory/index.js';

/** Any number of queries have the same day in their answers: with more, those of the experience are forgotten. */
const MOST_KEYS = 500;

/** Which answers about an experience are in the response cache, so that they are invalidated with its days. */
@Injectable()
export class OctoResponses {
  private readonly keys = new Map<number, Set<string>>();

  constructor(
    private readonly cache: ResponseCache,
    events: DayEvents,
  ) {
    events.onConfirmed(({ experienceId }) => {
      this.forget(experienceId);
    });
    events.onExperience((experienceId) => {
      this.forget(experienceId);
    });
    // The cache is cleared then, too.
    events.onLost(() => {
      this.keys.clear();
    });
  }

  /** Called before its answer is computed: what changes meanwhile must not be kept. */
  add(experienceId: number, key: string): void {
    const known = this.keys.get(experienceId);
    if (!known) this.keys.set(experienceId, new Set([key]));
    else {
      if (known.size >= MOST_KEYS) this.forgetAll(known);
      known.add(key);
    }
  }

  /** Of an experience that does not exist, no notification would ever remove the keys. */
  forget(experienceId: number): void {
    const known = this.keys.get(experienceId);
    if (!known) return;
    this.keys.delete(experienceId);
    this.forgetAll(known);
  }

  private forgetAll(keys: Set<string>): void {
    for (const key of keys) this.cache.forget(key);
    keys.clear();
  }
}
