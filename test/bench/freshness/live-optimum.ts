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
  const first = today();
  const items = ids.flatMap((id, rank) =>
    byLead.flatMap((demand, lead): Item[] => {
      const looks = Math.floor((seconds * 1_000) / LOOK_MS);
      const date = addDays(first, lead);
      const seen = Array.from({ length: looks + 1 }, (_, i) => {
        const at = end - i * LOOK_MS;
        const day = truth.before(id, date, Date.now() - at);
        return { json: day.json, read: isRead(day, date, at) };
      });
      const pairs = seen.slice(1).map((before, i) => ({ before, after: seen[i] ?? before }));
      const open = pairs.filter(({ before, after }) => before.read || after.read);
      const changes = open.filter(({ before, after }) => before.json !== after.json).length;
      const share = seen.filter(({ read }) => read).length / seen.length;
      const reads = (popularity[rank] ?? 0) * demand * share;
      return open.length === 0
        ? []
        : [{ weight: 1, lead, reads, changes: changes / ((open.length * LOOK_MS) / 1_000) }];
    }),
  );
  return optimumOfItems(items, perMinute / 60).freshness;
}
