/**
 * Even pacing (the generic cell rate algorithm, ITU-T I.371, with a small tolerance): requests stand on a grid of one
 * interval, and whoever is late by less than the tolerance keeps to the grid.
 *
 * Granted that way, any 60 seconds hold at most floor((60 s + TOLERANCE + j) / interval) + 1 requests, where j is how
 * much longer one request travels than another. The interval spreads the budget over 61.5 s instead of 60, so this stays
 * within the budget for every j up to 1.25 s, and uses 97.5 % of it. An interval that is longer for a while (`allowance.ts`)
 * only takes requests away: no grant stands nearer to the one before than the interval in force, which is never shorter.
 */

const WINDOW_MS = 60_000;
const ROOM_FOR_JITTER_MS = 1_500;
export const TOLERANCE_MS = 250;

export interface PacingState {
  /** The next place on the grid, epoch milliseconds. With fractions: at 6,000 a minute, whole ones would lose 2 %. */
  readonly nextAtMs: number;
  /** Nobody asks before; null: nobody forbade it. */
  readonly blockedUntil: Date | null;
}

export interface Grants {
  /** How many requests may be sent now. */
  readonly count: number;
  /** When the next one may be, after `used` of them were sent; epoch milliseconds. */
  nextAtMs(used: number): number;
}

/** Milliseconds between two requests. */
export function intervalMs(requestsPerMinute: number): number {
  return (WINDOW_MS + ROOM_FOR_JITTER_MS) / requestsPerMinute;
}

/** Requests a minute that stand so many milliseconds apart, to two decimals. */
export function requestsPerMinuteOf(interval: number): number {
  return Math.round(((WINDOW_MS + ROOM_FOR_JITTER_MS) / interval) * 100) / 100;
}

/**
 * @param interval milliseconds between two requests
 * @param most no more than this many, however many would be allowed
 */
export function paceRequests(state: PacingState, now: Date, interval: number, most: number): Grants {
  const blockedMs = state.blockedUntil !== null && state.blockedUntil > now ? state.blockedUntil.getTime() : 0;
  // No grant ever reaches further than an interval ahead: what does, was written by a clock that ran ahead.
  const kept = Math.min(state.nextAtMs, now.getTime() + interval);
  const base = Math.max(kept, now.getTime() - TOLERANCE_MS);
  const ready = base > now.getTime() ? 0 : Math.floor((now.getTime() - base) / interval) + 1;
  return {
    count: blockedMs > 0 ? 0 : Math.max(0, Math.min(most, ready)),
    nextAtMs: (used) => Math.max(blockedMs, used === 0 ? kept : base + used * interval),
  };
}

/**
 * How many requests of one process may be in flight: as many as are sent within one timeout, so that a supplier that
 * answers just in time does not slow the pace, and no more.
 */
export function mostInFlight(requestsPerMinute: number, timeoutMs: number): number {
  return Math.min(64, Math.ceil(timeoutMs / intervalMs(requestsPerMinute)) + 1);
}

const DAY_MS = 86_400_000;

/** What a paced budget amounts to in a day: 97.6 % of 1,440 minutes of it. */
export function requestsPerDay(requestsPerMinute: number): number {
  return DAY_MS / intervalMs(requestsPerMinute);
}
