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

/** SQL for an instant as JSON writes it, quotes included: ISO 8601 UTC; `null` where there is none. */
export function instantText(column: string): string {
  return `coalesce(to_char(${column} AT TIME ZONE 'UTC', '"\\""YYYY-MM-DD"T"HH24:MI:SS.MS"Z\\""'), 'null')`;
}
