import { UNANSWERED } from '../failure-kind.js';

/** SQL for a `FailureKind` where the supplier answered; null where it did not, for then the day is only late. */
export function answeredFailure(column: string): string {
  const unanswered = UNANSWERED.map((kind) => `'${kind}'`).join(', ');
  return `CASE WHEN ${column} NOT IN (${unanswered}) THEN ${column} END`;
}

/** SQL for an instant as epoch milliseconds, a number. */
export function epochMs(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::float8`;
}
