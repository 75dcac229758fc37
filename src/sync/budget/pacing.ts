/**
 * Even pacing (the generic cell rate algorithm, ITU-T I.371, with a small tolerance). Requests stand on a grid of one
 * interval. A request that is late by less than the tolerance does not move the grid.
 *
 * Any 60 seconds then hold at most floor((60 s + TOLERANCE + j) / interval) + 1 requests, where j is how much longer one
 * request travels than another. The interval spreads the budget over 61.5 s instead of 60 s. So the budget is kept for every
 * j up to 1.1 s, and 97.5 % of it is used. A longer interval (`effective-rate.ts`) only removes requests: no two places are
 * closer than the interval in force, which is never shorter than this one.
 */

const WINDOW_MS = 60_000;
const ROOM_FOR_JITTER_MS = 1_500;
export const TOLERANCE_MS = 400;
/** How often a process looks whether it is time to claim. */
export const CLAIM_EVERY_MS = 100;
/** How long it may take from there until the grants are counted: the database is asked in between. */
export const CLAIM_TAKES_MS = 90;

export interface PacingState {
  /** The next position on the grid, epoch milliseconds. Fractional: at 6,000 a minute, whole milliseconds would lose 2 %. */
  readonly nextAtMs: number;
  /** No replica sends a request before this; null: no block. */
  readonly blockedUntil: Date | null;
}

export interface Grants {
  /** How many requests may be sent now. */
  readonly count: number;
  /** When the next request may be sent, after `used` of these; epoch milliseconds. */
  nextAtMs(used: number): number;
  /** When as many may be sent together as `together` says, after `used` of these; epoch milliseconds. */
  togetherAtMs(used: number): number;
}

/** Milliseconds between two requests. */
export function intervalMs(requestsPerMinute: number): number {
  return (WINDOW_MS + ROOM_FOR_JITTER_MS) / requestsPerMinute;
}

/** Requests a minute at this interval (milliseconds), rounded to two decimals. */
export function requestsPerMinuteOf(interval: number): number {
  return Math.round(((WINDOW_MS + ROOM_FOR_JITTER_MS) / interval) * 100) / 100;
}

/**
 * How many requests are claimed together. A claim costs about the same however many requests it takes, so it waits until the first of
 * them is nearly as late as is tolerated.
 * @param interval milliseconds between two requests
 */
export function together(interval: number): number {
  return 1 + Math.floor((TOLERANCE_MS - CLAIM_EVERY_MS - CLAIM_TAKES_MS) / interval);
}

/**
 * @param interval milliseconds between two requests
 * @param most the most requests to grant
 */
export function paceRequests(state: PacingState, now: Date, interval: number, most: number): Grants {
  const blockedMs = state.blockedUntil !== null && state.blockedUntil > now ? state.blockedUntil.getTime() : 0;
  // No grant reaches further ahead than one interval. A stored instant that does was written by a clock that ran ahead.
  const kept = Math.min(state.nextAtMs, now.getTime() + interval);
  const base = Math.max(kept, now.getTime() - TOLERANCE_MS);
  const ready = base > now.getTime() ? 0 : Math.floor((now.getTime() - base) / interval) + 1;
  const nextAtMs = (used: number) => Math.max(blockedMs, used === 0 ? kept : base + used * interval);
  return {
    count: blockedMs > 0 ? 0 : Math.max(0, Math.min(most, ready)),
    nextAtMs,
    togetherAtMs: (used) => nextAtMs(used) + (together(interval) - 1) * interval,
  };
}

/**
 * How many requests of one process may be in flight: as many as are sent within one timeout. So a supplier that answers just
 * before the timeout does not slow the pace.
 */
export function mostInFlight(requestsPerMinute: number, timeoutMs: number): number {
  return Math.min(64, Math.ceil(timeoutMs / intervalMs(requestsPerMinute)) + 1);
}

const DAY_MS = 86_400_000;

/** The requests of a day at this pace: 97.6 % of 1,440 minutes of the budget. */
export function requestsPerDay(requestsPerMinute: number): number {
  return DAY_MS / intervalMs(requestsPerMinute);
}
