/**
 * Which share of the budget is used: additive increase, multiplicative decrease (Chiu & Jain 1989), as TCP does it. A
 * first refusal only waits: the supplier named an instant, and a window that was full once says nothing of the rate. A
 * second one soon after says that the budget is more than the supplier takes.
 */

/** Refusals so close together are one event: the requests were in flight together. */
const ONE_EVENT_MS = 5_000;
/** A refusal so soon after the last one is a repeated one. */
const REPEATED_WITHIN_MS = 10 * 60_000;
const LEAST_SHARE = 1 / 16;
/** Of the whole budget, for each minute without a refusal. */
const RECOVERY_PER_MINUTE = 0.05;
const MINUTE_MS = 60_000;

export interface AimdState {
  /** Nobody asks before; null: nobody forbade it. */
  readonly blockedUntil: Date | null;
  /** When the last refusal came, of several in one event the first; null: never. */
  readonly refusedAt: Date | null;
  /** Of the budget, 1/16 … 1, at `shareSince`, from when on it grows; null: it is whole. */
  readonly share: number;
  readonly shareSince: Date | null;
}

/** The share of the budget that may be used now. */
export function shareAt({ share, shareSince }: Pick<AimdState, 'share' | 'shareSince'>, now: Date): number {
  if (shareSince === null) return 1;
  const minutes = Math.max(0, now.getTime() - shareSince.getTime()) / MINUTE_MS;
  return Math.min(1, share + RECOVERY_PER_MINUTE * minutes);
}

/** When the share is whole again; null: it is. */
export function wholeAt(state: Pick<AimdState, 'share' | 'shareSince'>, now: Date): Date | null {
  if (state.shareSince === null || shareAt(state, now) >= 1) return null;
  return new Date(Math.ceil(state.shareSince.getTime() + ((1 - state.share) / RECOVERY_PER_MINUTE) * MINUTE_MS));
}

/**
 * After a refusal at `now` that forbids to ask before `until`. Where nothing may be asked nothing is learned: the share
 * grows from the end of the block on, and "soon after" is counted from there.
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

/** The later of two ends. */
export function later(one: Date | null, other: Date): Date {
  return one !== null && one > other ? one : other;
}
