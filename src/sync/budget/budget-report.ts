import { effectiveRate, effectiveRequestsPerMinute, quotaInForce } from './effective-rate.js';
import { heldUntil, phaseOf, type CircuitPhase } from './circuit.js';
import { wholeAt } from './aimd.js';
import type { BudgetState } from './supplier-budget.js';

/** The status's part on how often we may ask. Instants are ISO 8601 UTC. */
export interface BudgetReport {
  /** As configured. */
  readonly requestsPerMinute: number;
  /** What repeated refusals and the supplier's quota leave of it now. */
  readonly effectiveRequestsPerMinute: number;
  /** After repeated refusals: when the whole budget is used again. Null: it is. */
  readonly throttledUntil: string | null;
  /** Requests in the clock minute that runs, and in the one before. */
  readonly usedThisMinute: number;
  readonly usedLastMinute: number;
  /** When the next request may be sent. */
  readonly nextAt: string | null;
  /** The supplier refused: nothing is asked before. */
  readonly blockedUntil: string | null;
  /** What the supplier said that it still takes, less what was asked since; null: it says nothing of it. */
  readonly quota: { readonly remaining: number; readonly resetAt: string } | null;
  readonly circuit: CircuitReport;
}

export interface CircuitReport {
  /** `open`: nothing is asked; `half_open`: one request at a time, until one is answered. */
  readonly state: CircuitPhase;
  /** In a row. */
  readonly failures: number;
  /** When a request may be sent to see whether the supplier answers again; null: it may be now. */
  readonly retryAt: string | null;
}

/** @param state null: nothing was asked so far */
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
