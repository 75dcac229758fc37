import { effectiveRate, type LimiterState } from './effective-rate.js';
import { openMs, probeEnd } from './circuit.js';
import { UNUSABLE_INTERVAL_MS } from './unusable.js';

/**
 * Stored instants are believed no further ahead than the rules can have set them. A clock that ran ahead, or a backup that
 * was restored, would otherwise stop the sync for as long as it was wrong.
 */

/** By how much the clocks of replicas and database may differ. */
export const CLOCK_TOLERANCE_MS = 5_000;

/** The next request's place: one interval after the last one, and another where that had to be sent twice. */
export const MOST_INTERVALS_AHEAD = 2;

/** By which the rules set them. */
export interface LimiterSettings {
  readonly timeoutMs: number;
  readonly requestsPerMinute: number;
}

/** The state as far as it can be true. Returns the very same object where all of it can. */
export function believed<T extends LimiterState>(state: T, now: Date, settings: LimiterSettings): T {
  const latest = new Date(now.getTime() + CLOCK_TOLERANCE_MS);
  const changes: { -readonly [K in keyof LimiterState]?: LimiterState[K] } = {
    ...blockOf(state, latest),
    ...circuitOf(state, now, latest, settings.timeoutMs),
    ...(isAhead(state.refusedAt, latest) && { refusedAt: null }),
    ...(isAhead(state.quotaSeenAt, latest) && { quotaRemaining: null, quotaResetAt: null, quotaSeenAt: null }),
    ...(isAhead(state.unusableSince, latest) && { unusableSince: now }),
  };
  const known = { ...state, ...changes };
  const growsFrom = new Date(Math.max(latest.getTime(), known.blockedUntil?.getTime() ?? 0));
  if (isAhead(state.shareSince, growsFrom)) changes.shareSince = now;
  // The next place on the grid is two intervals ahead at most, of whichever rule makes it longest now, or did a moment ago.
  const { intervalMs } = effectiveRate({ ...state, ...changes }, now, settings.requestsPerMinute);
  const furthest = latest.getTime() + MOST_INTERVALS_AHEAD * Math.max(intervalMs, UNUSABLE_INTERVAL_MS);
  if (state.nextAtMs > furthest) changes.nextAtMs = now.getTime();
  return Object.keys(changes).length === 0 ? state : { ...state, ...changes };
}

function isAhead(instant: Date | null, latest: Date): boolean {
  return instant !== null && instant > latest;
}

/** A block ends as long after the wish to wait as that said. */
function blockOf({ blockedUntil, blockedAt, blockedMs }: LimiterState, latest: Date): Partial<LimiterState> {
  if (blockedUntil === null || blockedUntil <= latest) return {};
  if (blockedAt === null || blockedMs === null || blockedAt > latest) return { blockedUntil: null };
  const end = new Date(blockedAt.getTime() + blockedMs);
  return blockedUntil.getTime() - end.getTime() > CLOCK_TOLERANCE_MS ? { blockedUntil: end } : {};
}

/** The circuit is open for as long after the last failure as that opening lasts. */
function circuitOf(state: LimiterState, now: Date, latest: Date, timeoutMs: number): Partial<LimiterState> {
  const { openUntil, probeUntil, lastFailedAt, failingSince, openings } = state;
  const failedAt = lastFailedAt === null || lastFailedAt > latest ? now : lastFailedAt;
  const open =
    openUntil === null ? null : new Date(Math.min(openUntil.getTime(), failedAt.getTime() + openMs(openings)));
  const probe = new Date(probeEnd(now, timeoutMs).getTime() + CLOCK_TOLERANCE_MS);
  return {
    ...(isAhead(lastFailedAt, latest) && { lastFailedAt: now }),
    ...(isAhead(failingSince, latest) && { failingSince: now }),
    ...(open && openUntil && openUntil.getTime() - open.getTime() > CLOCK_TOLERANCE_MS && { openUntil: open }),
    ...(isAhead(probeUntil, probe) && { probeUntil: null }),
  };
}
