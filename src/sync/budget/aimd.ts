/**
 * The share of the budget that is used: additive increase, multiplicative decrease (Chiu & Jain 1989), as in TCP. The first
 * refusal only causes a wait, because the supplier named an instant and one full window says nothing about the rate. A
 * second refusal soon after means that the budget is more than the supplier accepts.
 */

/** Refusals this close together are one event: the requests were in flight together. */
const ONE_EVENT_MS = 5_000;
/** A refusal this soon after the last one is repeated. */
const REPEATED_WITHIN_MS = 10 * 60_000;
const LEAST_SHARE = 1 / 16;
/** The share of the whole budget that returns with each minute without a refusal. */
const RECOVERY_PER_MINUTE = 0.05;
const MINUTE_MS = 60_000;

export interface AimdState {
  /** No replica sends a request before this; null: no block. */
  readonly blockedUntil: Date | null;
  /** When the last refusal came (the first one of an event); null: never. */
  readonly refusedAt: Date | null;
  /** The share of the budget, 1/16 … 1, at `shareSince`, from which it grows. `shareSince` null: the whole budget. */
  readonly share: number;
  readonly shareSince: Date | null;
}

/** The share of the budget that may be used now. */
export function shareAt({ share, shareSince }: Pick<AimdState, 'share' | 'shareSince'>, now: Date): number {
  if (shareSince === null) return 1;
  const minutes = Math.max(0, now.getTime() - shareSince.getTime()) / MINUTE_MS;
  return Math.min(1, share + RECOVERY_PER_MINUTE * minutes);
}

/** When the whole budget is used again; null: it is used now. */
export function wholeAt(state: Pick<AimdState, 'share' | 'shareSince'>, now: Date): Date | null {
  if (state.shareSince === null || shareAt(state, now) >= 1) return null;
  return new Date(Math.ceil(state.shareSince.getTime() + ((1 - state.share) / RECOVERY_PER_MINUTE) * MINUTE_MS));
}

/**
 * The state after a refusal at `now` that blocks requests until `until`. A block gives no information about the rate. So the
 * share grows from the end of the block, and "soon after" is counted from there.
 */
export function afterRefusal(state: AimdState, now: Date, until: Date): AimdState {
  const blockedUntil = later(state.blockedUntil, until);
  const last = state.refusedAt;
  const sameEvent = last !== null && (since(last, now) < ONE_EVENT_MS || now < later(state.blockedUntil, last));
  const repeated = last !== null && !sameEvent && since(later(state.blockedUntil, last), now) <= REPEATED_WITHIN_MS;
  const before = shareAt(state, now);
  const share = repeated ? Math.max(LEAST_SHARE, before / 2) : before;
  return { blockedUntil, refusedAt: sameEvent ? last : now, share, shareSince: share < 1 ? blockedUntil : null };
}

function since(instant: Date, now: Date): number {
  return now.getTime() - instant.getTime();
}

/** The later of two instants. */
export function later(one: Date | null, other: Date): Date {
  return one !== null && one > other ? one : other;
}
