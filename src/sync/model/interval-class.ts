/**
 * The queue. A day is due when its value reaches the price of a request; but the price that fits changes within the day
 * (what happens has hours, the budget has none), and with what is known. Values grow like the square of the time that has
 * passed since the confirmation (V ∝ x² for small x), so at any price the next day to ask for is the one that has waited
 * for the largest part of its own term, from its confirmation to its due time. Among days of like terms that is the one
 * due first. So days are kept in classes of like terms, their *tempo*, and a claim compares the first of each class.
 */

/** Days with a due time, whose terms differ by less than a factor of two, share a tempo. */
export const INTERVAL_CLASSES = 18;
const SHORTEST_MS = 60_000;

/** The class of a term (milliseconds from the confirmation to the due time): 0 for up to two minutes, one up per doubling. */
export function intervalClassOf(termMs: number): number {
  return Math.max(0, Math.min(INTERVAL_CLASSES - 1, Math.floor(Math.log2(Math.max(1, termMs / SHORTEST_MS)))));
}

/** How much of its term a day has waited; 1 when it is due. */
export function waited(confirmedAt: number, dueAt: number, now: number): number {
  return (now - confirmedAt) / Math.max(1, dueAt - confirmedAt);
}
