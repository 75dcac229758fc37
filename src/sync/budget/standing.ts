import type { LimiterState } from './effective-rate.js';
import { CLOSED } from './circuit.js';
import { isUnusable } from './unusable.js';

/** Until when the supplier wants not to be asked, and in which words. */
export interface WishToWait {
  readonly until: Date;
  readonly detail: string;
}

/** The wish is kept with the wait that it named. Of two wishes the later end counts. */
export function blocked(state: LimiterState, { until, detail }: WishToWait, now: Date): LimiterState {
  if (state.blockedUntil !== until) return state;
  return { ...state, blockedAt: now, blockedMs: until.getTime() - now.getTime(), refusal: detail };
}

/** Whether a status would name it: what ends then is told as a recovery. */
export function isInTrouble(state: LimiterState): boolean {
  return state.openUntil !== null || isUnusable(state);
}

/** The supplier works, so the circuit is closed. */
export function closed(state: LimiterState, now: Date): LimiterState {
  return { ...state, ...CLOSED, ...(state.openUntil !== null && { recoveredAt: now }) };
}
