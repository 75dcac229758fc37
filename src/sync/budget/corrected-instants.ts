import { effectiveRate, quotaInForce, type LimiterState } from './effective-rate.js';
import { openMs, probeEnd } from './circuit.js';
import type { Grants } from './pacing.js';
import { UNUSABLE_INTERVAL_MS } from './unusable.js';

/**
 * A stored instant that lies further ahead than the rules can set it is not used. It would otherwise stop the sync for as
 * long as a clock was ahead, or after a restored backup.
 */

/** How much the clocks of replicas and database may differ. */
export const CLOCK_TOLERANCE_MS = 5_000;

/** The next position on the grid: one interval after the last request, and one more if that request was sent twice. */
const MOST_INTERVALS_AHEAD = 2;

/** The settings that bound the stored instants. */
export interface LimiterSettings {
  readonly timeoutMs: number;
  readonly requestsPerMinute: number;
}

/** The state with impossible instants corrected. Returns the same object if there are none. */
export function corrected<T extends LimiterState>(state: T, now: Date, settings: LimiterSettings): T {
  const latest = new Date(now.getTime() + CLOCK_TOLERANCE_MS);
  const changes: { -readonly [K in keyof LimiterState]?: LimiterState[K] } = {
    ...blockOf(state, latest),
    ...circuitOf(state, now, latest, settings.timeoutMs),
    ...(isAhead(state.refusedAt, latest) && { refusedAt: null }),
    ...(isAhead(state.refusedSince, latest) && { refusedSince: now }),
    ...(isAhead(state.quotaSeenAt, latest) && { quotaRemaining: null, quotaResetAt: null, quotaSeenAt: null }),
    ...(isAhead(state.unusableSince, latest) && { unusableSince: now }),
  };
  const known = { ...state, ...changes };
  const growsFrom = new Date(Math.max(latest.getTime(), known.blockedUntil?.getTime() ?? 0));
  if (isAhead(state.shareSince, growsFrom)) changes.shareSince = now;
  const { intervalMs } = effectiveRate({ ...state, ...changes }, now, settings.requestsPerMinute);
  // The last request of a quota is followed by a pause until it is whole again.
  const quota = quotaInForce({ ...state, ...changes }, now);
  const spentUntil = quota?.remaining === 0 ? quota.resetAt.getTime() : 0;
  const furthest = Math.max(furthestNextAtMs(intervalMs, latest), spentUntil + CLOCK_TOLERANCE_MS);
  if (state.nextAtMs > furthest) changes.nextAtMs = now.getTime();
  return Object.keys(changes).length === 0 ? state : { ...state, ...changes };
}

/** At most two intervals ahead, of the longest interval that a rule sets now or set just before. */
export function furthestNextAtMs(intervalMs: number, now: Date): number {
  return now.getTime() + MOST_INTERVALS_AHEAD * Math.max(intervalMs, UNUSABLE_INTERVAL_MS);
}

/**
 * The position of a request that is booked although none may be sent now, and after `used` of these. It stands behind all that were paid: an
 * extra one moved the grid further ahead than the pace says.
 * @param grants none
 */
export function bookedAtMs(
  { nextAtMs }: Pick<LimiterState, 'nextAtMs'>,
  grants: Pick<Grants, 'nextAtMs'>,
  used: number,
  intervalMs: number,
  now: Date,
): number {
  const first = Math.max(grants.nextAtMs(0), nextAtMs);
  return Math.max(first, Math.min(first + used * intervalMs, furthestNextAtMs(intervalMs, now)));
}

function isAhead(instant: Date | null, latest: Date): boolean {
  return instant !== null && instant > latest;
}

/** A block lasts as long as the supplier named, from when it named it. */
function blockOf({ blockedUntil, blockedAt, blockedMs }: LimiterState, latest: Date): Partial<LimiterState> {
  if (blockedUntil === null || blockedUntil <= latest) return {};
  if (blockedAt === null || blockedMs === null || blockedAt > latest) return { blockedUntil: null };
  const end = new Date(blockedAt.getTime() + blockedMs);
  return blockedUntil.getTime() - end.getTime() > CLOCK_TOLERANCE_MS ? { blockedUntil: end } : {};
}

/** The circuit stays open after the last failure for the length of that opening. */
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
