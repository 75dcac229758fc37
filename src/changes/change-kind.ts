import type { ChangeKind, ChangeSummary } from './change.shape.js';

/** A day before or after a change. */
export interface DayState {
  readonly summary: ChangeSummary;
  /** The supplier lists slots of it, whether or not one can be booked. */
  readonly listed: boolean;
}

/**
 * What a buyer cares about in a change.
 * @param before null: nothing was known of the day
 * @param after null: the day was removed from the mirror
 */
export function changeKind(before: DayState | null, after: DayState | null): ChangeKind {
  if (after === null) return 'removed';
  const [was, is] = [before === null ? 'unknown' : conditionOf(before), conditionOf(after)];
  if (is !== was) return is !== 'open' ? is : was === 'sold_out' ? 'back_in_stock' : 'opened';
  if (before === null || is !== 'open') return 'other';
  return difference(before.summary, after.summary);
}

/** A day without an open slot is sold out if the supplier lists slots, and otherwise closed. */
function conditionOf({ summary, listed }: DayState): 'open' | 'sold_out' | 'closed' {
  if (summary.openSlots > 0) return 'open';
  return listed ? 'sold_out' : 'closed';
}

function difference(before: ChangeSummary, after: ChangeSummary): ChangeKind {
  if (JSON.stringify(before.price) !== JSON.stringify(after.price)) return 'price';
  return before.remaining !== after.remaining || before.openSlots !== after.openSlots ? 'remaining' : 'other';
}
