import { TransactionConflict } from '../prisma/index.js';
import type { DeletedDays } from './sql/delete-days.js';
import type { Replaced } from './sql/replace-day.js';

/**
 * A day was recorded by a later transaction before this one changed or deleted it. Committed, its change would stand in the change
 * feed before that version. It is to begin again, with a new number.
 */
export class RecordedMeanwhile extends TransactionConflict {}

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
