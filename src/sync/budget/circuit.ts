import type { CircuitPhase } from './budget.shape.js';

/**
 * The circuit breaker (Nygard, "Release It!"). A supplier that fails repeatedly gets no requests for a while, because they
 * would slow its recovery and waste our budget. Closed: requests are sent. Open: none are sent, for a time that doubles.
 * Half-open: one request at a time, the probe, until one is answered.
 */

/** This many failures in a row, of this many experiences, open it. Failures of fewer experiences are their products' own. */
const FAILURES = 5;
const EXPERIENCES = 5;
const FIRST_OPEN_MS = 10_000;
/** The longest delay until the end of an outage is noticed. */
const LONGEST_OPEN_MS = 30_000;
/** Failures further apart than this do not add up. */
const APART_MS = 5 * 60_000;
/** A probe counts as lost this long after its timeout: it may be sent a second late, and recording its answer takes time. */
const PROBE_MARGIN_MS = 5_000;

export interface CircuitState {
  /** Failures in a row, without an answer between them. */
  readonly failures: number;
  /** The first and the last of them; null: none. */
  readonly failingSince: Date | null;
  readonly lastFailedAt: Date | null;
  /** The experiences that failed, at most five; null: none. */
  readonly failing: readonly number[] | null;
  /** How often it opened since it was last closed. */
  readonly openings: number;
  /** Open until then, half-open from then on; null: closed. */
  readonly openUntil: Date | null;
  /** Half-open: when the probe in flight counts as lost; null: no probe. */
  readonly probeUntil: Date | null;
}

export const CLOSED: CircuitState = {
  failures: 0,
  failingSince: null,
  lastFailedAt: null,
  failing: null,
  openings: 0,
  openUntil: null,
  probeUntil: null,
};

export function phaseOf({ openUntil }: Pick<CircuitState, 'openUntil'>, now: Date): CircuitPhase {
  if (openUntil === null) return 'closed';
  return now < openUntil ? 'open' : 'half_open';
}

/** No request is sent before this instant, as known now; null: requests may be sent (half-open: a single one). */
export function heldUntil(state: Pick<CircuitState, 'openUntil' | 'probeUntil'>, now: Date): Date | null {
  const phase = phaseOf(state, now);
  if (phase === 'open') return state.openUntil;
  return phase === 'half_open' && state.probeUntil !== null && now < state.probeUntil ? state.probeUntil : null;
}

/** When a probe sent at `now` counts as lost because its process was killed. */
export function probeEnd(now: Date, timeoutMs: number): Date {
  return new Date(now.getTime() + timeoutMs + PROBE_MARGIN_MS);
}

/** The state after a request failed without an answer. @param experiences how many are mirrored: it opens if all of them fail */
export function afterFailure(state: CircuitState, experienceId: number, experiences: number, now: Date): CircuitState {
  const phase = phaseOf(state, now);
  // This request was sent before the circuit opened, so its failure is no new information.
  if (phase !== 'closed' && (phase === 'open' || state.probeUntil === null)) return state;
  const apart = now.getTime() - (state.lastFailedAt ?? now).getTime() > APART_MS;
  const before = phase === 'closed' && apart ? { ...state, ...CLOSED } : state;
  const failing = [...new Set([...(before.failing ?? []), experienceId])].slice(0, EXPERIENCES);
  const failed: CircuitState = {
    ...before,
    failures: before.failures + 1,
    failingSince: before.failingSince ?? now,
    lastFailedAt: now,
    failing,
  };
  const enough = failed.failures >= FAILURES && failing.length >= Math.min(EXPERIENCES, experiences);
  return phase === 'half_open' || enough ? opened(failed, now) : failed;
}

/** The state after a refused request. It does not show whether the supplier fails, so the next request may be the probe. */
export function afterNoOutcome<T extends CircuitState>(state: T): T {
  return { ...state, probeUntil: null };
}

function opened(state: CircuitState, now: Date): CircuitState {
  const openUntil = new Date(now.getTime() + openMs(state.openings + 1));
  return { ...state, openings: state.openings + 1, openUntil, probeUntil: null };
}

/** How long the `openings`-th opening lasts, milliseconds. */
export function openMs(openings: number): number {
  return Math.min(LONGEST_OPEN_MS, FIRST_OPEN_MS * 2 ** Math.min(Math.max(0, openings - 1), 20));
}
