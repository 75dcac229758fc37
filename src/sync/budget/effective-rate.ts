import { heldUntil, phaseOf, type CircuitState } from './circuit.js';
import { intervalMs, requestsPerMinuteOf, type PacingState } from './pacing.js';
import { shareAt, type AimdState } from './aimd.js';
import { isUnusable, UNUSABLE_INTERVAL_MS, type UnusableState } from './unusable.js';

/** What the supplier said of its quota; null: nothing so far. */
export interface QuotaState {
  /** Requests that it still takes, less those granted since it said so. */
  readonly quotaRemaining: number | null;
  readonly quotaResetAt: Date | null;
  /** When it said so. */
  readonly quotaSeenAt: Date | null;
}

export type LimiterState = PacingState & AimdState & QuotaState & CircuitState & UnusableState & BlockState;

/** What is kept of troubles beside what limits: for whoever asks why. */
export interface BlockState {
  /** When the last wish to wait came, and for how many milliseconds it was; null: it never did. */
  readonly blockedAt: Date | null;
  readonly blockedMs: number | null;
  /** The supplier's words with it. */
  readonly refusal: string | null;
  /** What the last failure without an answer was. */
  readonly failureKind: string | null;
  readonly failure: string | null;
  /** When the supplier last came out of trouble. */
  readonly recoveredAt: Date | null;
}

/** What holds for the next request. */
export interface EffectiveRate {
  /** Milliseconds between two requests; never shorter than the configured budget's. */
  readonly intervalMs: number;
  /** Nothing is asked before; null: nothing forbids it. */
  readonly closedUntil: Date | null;
  /** The next request is a probe: one, and none beside it. */
  readonly probe: boolean;
}

/** What the supplier said holds so long at most: should it be wrong, an answer then tells better. */
const LONGEST_BELIEF_MS = 3_600_000;
/** What keeps us from asking may end early, by an answer that another replica gets: so often it is looked at again. */
const LOOK_AGAIN_MS = 1_000;

/** All that limits, together: the pace of the budget's share, the quota, answers of no use, the block after a refusal and the circuit. */
export function effectiveRate(state: LimiterState, now: Date, requestsPerMinute: number): EffectiveRate {
  const quota = quotaInForce(state, now);
  const spent = quota?.remaining === 0 ? quota.until : null;
  const blocked = state.blockedUntil !== null && state.blockedUntil > now ? state.blockedUntil : null;
  const unusable = isUnusable(state) ? UNUSABLE_INTERVAL_MS : 0;
  const perRequest = quota && quota.remaining > 0 ? (quota.resetAt.getTime() - now.getTime()) / quota.remaining : 0;
  return {
    intervalMs: Math.max(intervalMs(requestsPerMinute * shareAt(state, now)), perRequest, unusable),
    closedUntil: latest([blocked, spent, heldUntil(state, now)]),
    probe: phaseOf(state, now) === 'half_open',
  };
}

/** When it is worth looking again, where the next request may be sent at `nextAtMs`; epoch milliseconds, both. */
export function lookAgainAtMs(nextAtMs: number, now: Date, requestsPerMinute: number): number {
  return Math.min(nextAtMs, now.getTime() + Math.max(LOOK_AGAIN_MS, intervalMs(requestsPerMinute)));
}

/** Requests a minute that the share and the quota leave, whether or not they may be sent now. */
export function effectiveRequestsPerMinute(state: LimiterState, now: Date, requestsPerMinute: number): number {
  if (quotaInForce(state, now)?.remaining === 0) return 0;
  return requestsPerMinuteOf(effectiveRate(state, now, requestsPerMinute).intervalMs);
}

/** The quota while it is believed; null: there is none. */
export function quotaInForce(state: QuotaState, now: Date): { remaining: number; resetAt: Date; until: Date } | null {
  const { quotaRemaining: remaining, quotaResetAt: resetAt, quotaSeenAt: seenAt } = state;
  if (remaining === null || resetAt === null || seenAt === null) return null;
  const until = new Date(Math.min(resetAt.getTime(), seenAt.getTime() + LONGEST_BELIEF_MS));
  return now < until ? { remaining, resetAt, until } : null;
}

function latest(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((last, each) => (each !== null && (last === null || each > last) ? each : last), null);
}
