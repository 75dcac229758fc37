import type { BudgetReport } from './budget.shape.js';
import { effectiveRate, effectiveRequestsPerMinute, quotaInForce } from './effective-rate.js';
import { heldUntil, phaseOf } from './circuit.js';
import { wholeAt } from './aimd.js';
import type { BudgetState } from './supplier-budget.js';

/** @param state null: no request was sent so far */
export function budgetReport(state: BudgetState | null, requestsPerMinute: number, now: Date): BudgetReport {
  if (!state) return { ...UNUSED, requestsPerMinute, effectiveRequestsPerMinute: requestsPerMinute };
  const { closedUntil } = effectiveRate(state, now, requestsPerMinute);
  const minutesAgo = Math.floor(now.getTime() / MINUTE_MS) - Math.floor(state.minute.getTime() / MINUTE_MS);
  const quota = quotaInForce(state, now);
  return {
    requestsPerMinute,
    effectiveRequestsPerMinute: effectiveRequestsPerMinute(state, now, requestsPerMinute),
    throttledUntil: text(wholeAt(state, now)),
    usedThisMinute: minutesAgo === 0 ? state.granted : 0,
    usedLastMinute: minutesAgo === 0 ? state.grantedBefore : minutesAgo === 1 ? state.granted : 0,
    nextAt: text(new Date(Math.max(state.nextAtMs, closedUntil?.getTime() ?? 0))),
    blockedUntil: text(state.blockedUntil !== null && state.blockedUntil > now ? state.blockedUntil : null),
    quota: quota && { remaining: quota.remaining, resetAt: quota.resetAt.toISOString() },
    circuit: { state: phaseOf(state, now), failures: state.failures, retryAt: text(heldUntil(state, now)) },
  };
}

const MINUTE_MS = 60_000;

const UNUSED = {
  throttledUntil: null,
  usedThisMinute: 0,
  usedLastMinute: 0,
  nextAt: null,
  blockedUntil: null,
  quota: null,
  circuit: { state: 'closed', failures: 0, retryAt: null },
} as const;

function text(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}
