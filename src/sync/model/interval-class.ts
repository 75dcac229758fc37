/**
 * The order of days that are refreshed by their value. A day is refreshed when its value reaches the shadow price. But the
 * right price varies within the day, because people book by day and the budget is even, and with what is learned. Values
 * grow like the square of the time since the confirmation (V ∝ x² for small x). So at any price the next day is the one that
 * has waited for the largest fraction of its refresh interval. Among days with similar intervals that is the one whose
 * interval ends first. So days are kept in classes of similar intervals, and a claim compares the first day of each class.
 */

/**
 * Days share a class if their refresh intervals differ by less than this factor. The classes reach from seconds, where a
 * supplier changes a thousand times more often than usual, to a month. Each class costs a claim one look at an index.
 */
export const INTERVAL_RATIO = 2.4;
export const INTERVAL_CLASSES = 18;
export const SHORTEST_MS = 1_000;

/** @param intervalMs from the confirmation to the refresh. @returns 0 for up to 2.4 seconds; 17 from 34 days on */
export function intervalClassOf(intervalMs: number): number {
  const place = Math.floor(Math.log(Math.max(1, intervalMs / SHORTEST_MS)) / Math.log(INTERVAL_RATIO));
  return Math.max(0, Math.min(INTERVAL_CLASSES - 1, place));
}

/** The fraction of its refresh interval that a day has waited; 1 at the end. */
export function waited(confirmedAt: number, refreshAt: number, now: number): number {
  return (now - confirmedAt) / Math.max(1, refreshAt - confirmedAt);
}

/**
 * A reader's request for a known day takes one that another day is worth. Where the budget can't keep all max ages, it counts only
 * from here on: at this fraction of its interval a day is worth 0.85² ≈ 0.7 shadow prices. From the middle on it would be worth 0.25.
 */
export const WAITED_FOR_READER = 0.85;
