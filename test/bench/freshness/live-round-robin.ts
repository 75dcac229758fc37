import { setTimeout as sleep } from 'node:timers/promises';
import { intervalMs } from '../../../src/sync/budget/pacing.js';
import { addDays } from '../../../src/time/index.js';
import type { Scope } from '../scope.js';
import { today, type Read } from './live-reads.js';
import type { LiveTruth } from './live-truth.js';

const WINDOW_DAYS = 61;

/** What a mirror answered: the slots as text, and when it had fetched them (epoch milliseconds); null: it has none. */
export type Answer = { readonly slots: string; readonly fetchedAt: number } | null;

/** A naive competitor: every day in turn, nearest dates first, at the same pace. Its days are in memory. */
export class RoundRobinMirror {
  readonly name = 'every day in turn';
  private readonly days = new Map<string, Answer>();
  private sent = 0;

  constructor(
    private readonly truth: LiveTruth,
    private readonly budget: number,
  ) {}

  /** @param filled days as they were some time ago */
  begin(scope: Scope, filled: Iterable<readonly [Pick<Read, 'id' | 'date'>, Answer]>): void {
    for (const [key, answer] of filled) this.days.set(keyOf(key), answer);
    const over = new AbortController();
    const running = this.run(over.signal);
    scope.defer(async () => {
      over.abort();
      await running;
    });
  }

  read(read: Read): Promise<Answer> {
    return Promise.resolve(this.days.get(keyOf(read)) ?? null);
  }

  requests(): Promise<number> {
    return Promise.resolve(this.sent);
  }

  private async run(over: AbortSignal): Promise<void> {
    const { ids } = this.truth;
    const start = performance.now();
    while (!over.aborted) {
      const lead = Math.floor(this.sent / ids.length) % WINDOW_DAYS;
      const key = { id: ids[this.sent % ids.length] ?? 0, date: addDays(today(), lead) };
      this.days.set(keyOf(key), { slots: this.truth.at(key.id, key.date).json, fetchedAt: Date.now() });
      this.sent++;
      const wait = start + this.sent * intervalMs(this.budget) - performance.now();
      await sleep(Math.max(0, wait), undefined, { signal: over }).catch(() => undefined);
    }
  }
}

function keyOf({ id, date }: Pick<Read, 'id' | 'date'>): string {
  return `${id} ${date}`;
}
