import { changeKind, type FeedChange } from '../changes/index.js';
import type { Change } from '../changes/change.shape.js';
import { addDays, localDateAt } from '../time/index.js';

/** Which changes a webhook is sent. Empty lists: all. */
export interface Filter {
  readonly experienceIds: readonly number[];
  readonly kinds: readonly string[];
  /** Only dates at most so many days ahead; null: all. */
  readonly leadDays: number | null;
}

/** Where dates begin first. A date that is near enough anywhere is near enough. */
const EARLIEST_ZONE = 'Etc/GMT-14';

/**
 * The changes that a webhook is sent, of those of its experiences.
 * @param merged the changes of a day become one: from the state before the first to the state after the last
 */
export function chosenChanges(
  changes: readonly FeedChange[],
  { kinds, leadDays }: Filter,
  merged: boolean,
  now: Date,
): readonly Change[] {
  const last = leadDays === null ? null : addDays(localDateAt(now, EARLIEST_ZONE), leadDays);
  return (merged ? mergedByDay(changes) : changes)
    .map(({ content }) => content)
    .filter(({ kind, date }) => (kinds.length === 0 || kinds.includes(kind)) && (last === null || date <= last));
}

/** In the order of the last change of each day, so that the versions of a day still rise from message to message. */
function mergedByDay(changes: readonly FeedChange[]): FeedChange[] {
  const byDay = new Map<string, FeedChange>();
  for (const change of changes) {
    const day = `${change.content.experienceId} ${change.content.date}`;
    const earlier = byDay.get(day);
    byDay.delete(day);
    byDay.set(day, earlier ? joined(earlier, change) : change);
  }
  return [...byDay.values()];
}

function joined(first: FeedChange, last: FeedChange): FeedChange {
  const kind = changeKind(first.before, last.after);
  const content = { ...last.content, before: first.content.before, kind };
  return { ...last, before: first.before, content, json: JSON.stringify(content) };
}
