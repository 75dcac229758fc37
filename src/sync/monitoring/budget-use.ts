import type { BudgetReport } from '../budget/budget.shape.js';
import type { BudgetUse, State } from './status.shape.js';

/** From this part on the budget counts as used: pacing keeps a few percent of it back. */
const USED_UP = 0.9;

export interface UseFacts {
  readonly state: State;
  readonly minValue: number;
  /** Days are due, or were never fetched. */
  readonly daysWait: boolean;
  readonly now: Date;
}

const STATE_TEXTS: Readonly<Record<Exclude<State, 'running'>, string>> = {
  paused: 'The sync or its supplier is paused.',
  not_recording: 'Answers cannot be recorded, so no request is sent.',
  refused: 'The supplier refuses requests.',
  outage: 'The supplier does not answer.',
  unauthorized: 'The supplier refuses the key.',
  unusable: 'The supplier’s answers are unusable.',
};

/** How much of the budget the last whole minute used, and why not more is used now. */
export function budgetUse(
  { requestsPerMinute, effectiveRequestsPerMinute, usedLastMinute, nextAt }: BudgetReport,
  { state, minValue, daysWait, now }: UseFacts,
): BudgetUse {
  const share = Math.min(1, usedLastMinute / requestsPerMinute);
  if (share >= USED_UP) return { share, limit: null, text: null };
  if (state !== 'running') return { share, limit: 'state', text: STATE_TEXTS[state] };
  if (effectiveRequestsPerMinute < USED_UP * requestsPerMinute) {
    const left = Math.floor(effectiveRequestsPerMinute);
    return { share, limit: 'supplier', text: `Refusals or the quota of the supplier leave ${left} requests a minute.` };
  }
  // A request could be sent already, and none is, though nothing waits for its turn: there is nothing worth sending.
  const isIdle = !daysWait && (nextAt === null || Date.parse(nextAt) <= now.getTime());
  if (!isIdle) return { share, limit: null, text: null };
  const text =
    minValue === 0
      ? 'No further request is due.'
      : `No further request is due: none would prevent at least ${minValue} stale reads (MIN_VALUE).`;
  return { share, limit: 'value', text };
}
