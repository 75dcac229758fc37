import { heldUntil, phaseOf, type CircuitState } from './circuit.js';
import { intervalMs, requestsPerMinuteOf, type PacingState } from './pacing.js';
import { shareAt, type AimdState } from './aimd.js';
import { isUnusable, UNUSABLE_INTERVAL_MS, type UnusableState } from './unusable.js';

/** The quota that the supplier reported; null: none so far. */
export interface QuotaState {
  /** Requests that the supplier still accepts, minus those granted since it reported the quota. */
  readonly quotaRemaining: number | null;
  readonly quotaResetAt: Date | null;
  /** When it was reported. */
  readonly quotaSeenAt: Date | null;
}

export type LimiterState = PacingState & AimdState & QuotaState & CircuitState & UnusableState & BlockState;

/** The causes of limits, kept for the status. They limit nothing themselves. */
export interface BlockState {
  /** When the supplier last told us to wait, and for how many milliseconds; null: never. */
  readonly blockedAt: Date | null;
  readonly blockedMs: number | null;
  /** The supplier's own words for it. */
  readonly refusal: string | null;
  /** The first of the refusals since the last answer; null: none since then. */
  readonly refusedSince: Date | null;
  /** The last failure without an answer. */
  readonly failureKind: string | null;
  readonly failure: string | null;
  /** When the supplier last recovered. */
  readonly recoveredAt: Date | null;
}

/** What holds for the next request. */
export interface EffectiveRate {
  /** Milliseconds between two requests; never shorter than the configured budget's. */
  readonly intervalMs: number;
  /** No request is sent before this; null: no limit. */
  readonly closedUntil: Date | null;
  /** The next request is a probe, and no other is sent beside it. */
  readonly probe: boolean;
  /** How many requests may be sent at once: a probe alone, and no more than is left of a quota, however short its pace is by then. */
  readonly atOnce: number;
}

/** The longest time that a reported quota counts. If it was wrong, an answer after that brings a new one. */
const LONGEST_QUOTA_MS = 3_600_000;
/** A limit is checked again this often, because an answer to another replica may end it early. */
const LOOK_AGAIN_MS = 1_000;

/** All limits together: the pace of the budget's share, the quota, unusable answers, the block after a refusal, the circuit. */
export function effectiveRate(state: LimiterState, now: Date, requestsPerMinute: number): EffectiveRate {
  const quota = quotaInForce(state, now);
  const spent = quota?.remaining === 0 ? quota.until : null;
  const blocked = state.blockedUntil !== null && state.blockedUntil > now ? state.blockedUntil : null;
  const unusable = isUnusable(state) ? UNUSABLE_INTERVAL_MS : 0;
  const perRequest = quota && quota.remaining > 0 ? (quota.resetAt.getTime() - now.getTime()) / quota.remaining : 0;
  const probe = phaseOf(state, now) === 'half_open';
  return {
    intervalMs: Math.max(intervalMs(requestsPerMinute * shareAt(state, now)), perRequest, unusable),
    closedUntil: latest([blocked, spent, heldUntil(state, now)]),
    probe,
    atOnce: probe ? 1 : (quota?.remaining ?? Infinity),
  };
}

/** When to check again whether a request may be sent, if as known now one may be sent at `nextAtMs`; epoch milliseconds. */
export function lookAgainAtMs(nextAtMs: number, now: Date, requestsPerMinute: number): number {
  return Math.min(nextAtMs, now.getTime() + Math.max(LOOK_AGAIN_MS, intervalMs(requestsPerMinute)));
}

/** Requests a minute that the share and the quota allow, whether or not they may be sent now. */
export function effectiveRequestsPerMinute(state: LimiterState, now: Date, requestsPerMinute: number): number {
  if (quotaInForce(state, now)?.remaining === 0) return 0;
  return requestsPerMinuteOf(effectiveRate(state, now, requestsPerMinute).intervalMs);
}

/** The reported quota while it counts; null: no quota. */
export function quotaInForce(state: QuotaState, now: Date): { remaining: number; resetAt: Date; until: Date } | null {
  const { quotaRemaining: remaining, quotaResetAt: resetAt, quotaSeenAt: seenAt } = state;
  if (remaining === null || resetAt === null || seenAt === null) return null;
  const until = new Date(Math.min(resetAt.getTime(), seenAt.getTime() + LONGEST_QUOTA_MS));
  return now < until ? { remaining, resetAt, until } : null;
}

function latest(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((last, each) => (each !== null && (last === null || each > last) ? each : last), null);
}
