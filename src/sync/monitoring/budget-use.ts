import type { BudgetReport } from '../budget/budget.shape.js';
import type { BudgetUse, State } from './status.shape.js';

/** From this part on the budget counts as used: pacing keeps a few percent of it back. */
const USED_UP = 0.9;

/** How much of the budget the last whole minute used, and why not more is used now. */
export function budgetUse(
  { requestsPerMinute, effectiveRequestsPerMinute, usedLastMinute, nextAt }: BudgetReport,
  state: State,
  minValue: number,
  now: Date,
): BudgetUse {
  const share = Math.min(1, usedLastMinute / requestsPerMinute);
  if (share >= USED_UP) return { share, limit: null, text: null };
  if (state !== 'running') {
    return { share, limit: 'state', text: `The sync does not run freely: its state is ${state}.` };
  }
  if (effectiveRequestsPerMinute < USED_UP * requestsPerMinute) {
    const left = Math.floor(effectiveRequestsPerMinute);
    return { share, limit: 'supplier', text: `Refusals or the quota of the supplier leave ${left} requests a minute.` };
  }
  // A request could be sent already, and none is: there is nothing worth sending.
  const isIdle = nextAt === null || Date.parse(nextAt) <= now.getTime();
  if (!isIdle) return { share, limit: null, text: null };
  return {
    share,
    limit: 'value',
    text: `No further request is due, and none would save ${minValue} stale reads (MIN_VALUE).`,
  };
}
