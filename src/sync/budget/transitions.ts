import type { LimiterState } from './effective-rate.js';
import { CLOSED } from './circuit.js';
import { isUnusable } from './unusable.js';

/** Until when the supplier told us to wait, and in which words. */
export interface RequestedWait {
  readonly until: Date;
  readonly detail: string;
}

/** Notes the cause and the length of a block, unless an earlier one lasts longer. */
export function blocked(state: LimiterState, { until, detail }: RequestedWait, now: Date): LimiterState {
  if (state.blockedUntil !== until) return state;
  return { ...state, blockedAt: now, blockedMs: until.getTime() - now.getTime(), refusal: detail };
}

/** Shorter troubles are normal pacing and not reported: a quota that runs out every second would keep changing the state. */
export const REPORTED_FROM_MS = 5_000;

/** One request after the other is refused, and none was answered in between. */
export function isRefusing({ refusedSince, refusedAt }: Pick<LimiterState, 'refusedSince' | 'refusedAt'>): boolean {
  return (
    refusedSince !== null && refusedAt !== null && refusedAt.getTime() - refusedSince.getTime() >= REPORTED_FROM_MS
  );
}

/** Whether the status reports a trouble. Its end is then reported as a recovery. */
export function isInTrouble(state: LimiterState): boolean {
  return state.openUntil !== null || isUnusable(state) || isRefusing(state);
}

/** A request was refused. What limits requests is not changed here. */
export function refused(state: LimiterState, now: Date): LimiterState {
  return { ...state, refusedSince: state.refusedSince ?? now };
}

/** The supplier answers, so the circuit is closed. */
export function closed(state: LimiterState, now: Date): LimiterState {
  const hasRecovered = state.openUntil !== null || isRefusing(state);
  return { ...state, ...CLOSED, refusedSince: null, ...(hasRecovered && { recoveredAt: now }) };
}
