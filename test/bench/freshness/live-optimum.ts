import { addDays } from '../../../src/time/index.js';
import { demandFor, isRead, today } from './live-reads.js';
import type { LiveTruth } from './live-truth.js';
import { optimumOfItems, type Item } from './optimum.js';

/** How often each day is looked at. What changes and changes back in between is not seen. */
const LOOK_MS = 4_000;

/**
 * The relaxed optimum of the last `seconds`: it knows how often each day changed, and how often it is read on average.
 * @param perMinute the budget
 */
export function liveOptimum(
  truth: LiveTruth,
  { seed, seconds, perMinute }: { readonly seed: number; readonly seconds: number; readonly perMinute: number },
): number {
  const { ids, popularity, byLead } = demandFor(truth, seed);
  const end = Date.now();
  const items = ids.flatMap((id, rank) =>
    byLead.flatMap((demand, lead): Item[] => {
      const looks = Math.floor((seconds * 1_000) / LOOK_MS);
      const date = addDays(today(), lead);
      const seen = Array.from({ length: looks + 1 }, (_, i) => {
        const day = truth.before(id, date, i * LOOK_MS);
        return isRead(day, date, end - i * LOOK_MS) ? day.json : undefined;
      });
      const read = seen.filter((json) => json !== undefined).length;
      const changes = seen.filter((json, i) => {
        const next = seen[i - 1];
        return json !== undefined && next !== undefined && json !== next;
      }).length;
      const reads = ((popularity[rank] ?? 0) * demand * read) / seen.length;
      return read === 0 ? [] : [{ weight: 1, lead, reads, changes: changes / ((read * LOOK_MS) / 1_000) }];
    }),
  );
  return optimumOfItems(items, perMinute / 60).freshness;
}
