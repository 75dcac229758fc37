import type { Offer } from '../budget/budget-outcomes.js';
import type { DayCandidate } from './choice.js';

/** So that a share that could not be used is not made up for. */
const MOST_CREDIT = 1;

/** The credit for audits after so many more requests, of which `audits` were audits. One audit costs 1. */
export function creditAfter(credit: number, share: number, requests: number, audits: number): number {
  return Math.min(MOST_CREDIT, credit + share * requests) - audits;
}

/**
 * Whether one of the next requests may be an audit: not where days wait to be tried again, not while the supplier is in trouble or
 * slows us down. An audit measures; it never keeps others waiting. Days that are never worth a request are no reason against it.
 * @param filling the mirror fills: then not where days wait that were never fetched
 */
export function mayAudit(
  credit: number,
  candidates: readonly DayCandidate[],
  { probe, slowed }: Pick<Offer, 'probe' | 'slowed'>,
  filling: boolean,
): boolean {
  if (credit < 1 || probe || slowed) return false;
  return !candidates.some(
    ({ neverConfirmed, lane }) => (filling && neverConfirmed) || lane === 'probe' || lane === 'retry',
  );
}
