import type { DeletedDays } from './sql/delete-days.js';
import type { Replaced } from './sql/replace-day.js';

const MOST_TRIES = 5;

/**
 * A day was recorded by a later transaction before this one changed or deleted it. Committed, its change would stand in the change
 * feed before that version.
 */
export class RecordedMeanwhile extends Error {}

/** @throws RecordedMeanwhile, so that the transaction is rolled back */
export function requireOrder({ days, late }: DeletedDays): number {
  if (late > 0) throw new RecordedMeanwhile(`${late} of ${days} days were recorded while they were being deleted`);
  return days;
}

/** @throws RecordedMeanwhile: nothing was replaced */
export function requireOrderOf(replaced: Replaced | undefined): Replaced | undefined {
  if (replaced?.late) throw new RecordedMeanwhile('the day was recorded while it was being recorded');
  return replaced;
}

/** Runs a transaction that changes days, and again, with a new number, where days were recorded meanwhile. */
export async function inOrder<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!(error instanceof RecordedMeanwhile) || tries === MOST_TRIES) throw error;
    }
  }
}
