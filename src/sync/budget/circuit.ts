import type { CircuitPhase } from './budget.shape.js';

/**
 * The circuit breaker (Nygard, "Release It!"): a supplier that fails again and again is left alone, so that neither its
 * recovery nor our budget is burdened with requests that fail. Closed: all is asked. Open: nothing, for a time that
 * doubles. Half-open: one request at a time, the probe, until one is answered.
 */

/** Failures in a row that open it, when they concern so many experiences: fewer are the trouble of their products. */
const FAILURES = 5;
const EXPERIENCES = 5;
const FIRST_OPEN_MS = 10_000;
/** So late at most is the end of an outage noticed. */
const LONGEST_OPEN_MS = 30_000;
/** Failures that are further apart than this burden nobody. */
const APART_MS = 5 * 60_000;
/** A probe counts as lost so long after its timeout: sending it may be a second late, and its answer wants recording. */
const PROBE_MARGIN_MS = 5_000;

export interface CircuitState {
  /** In a row, without an answer between them. */
  readonly failures: number;
  /** The first and the last of them; null: none. */
  readonly failingSince: Date | null;
  readonly lastFailedAt: Date | null;
  /** The experiences that they concern, at most five; null: none. */
  readonly failing: readonly number[] | null;
  /** How often it opened since it was closed. */
  readonly openings: number;
  /** Null: closed; open until then, half-open from then on. */
  readonly openUntil: Date | null;
  /** Half-open: a probe is under way, which counts as lost then; null: none is. */
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

/** No request before this instant, as far as is known now; null: one may be sent, half-open a single one. */
export function heldUntil(state: Pick<CircuitState, 'openUntil' | 'probeUntil'>, now: Date): Date | null {
  const phase = phaseOf(state, now);
  if (phase === 'open') return state.openUntil;
  return phase === 'half_open' && state.probeUntil !== null && now < state.probeUntil ? state.probeUntil : null;
}

/** When the probe that is sent at `now` counts as lost: its process was killed. */
export function probeEnd(now: Date, timeoutMs: number): Date {
  return new Date(now.getTime() + timeoutMs + PROBE_MARGIN_MS);
}

/** After a request failed without an answer. @param experiences how many are mirrored: where all fail, that is enough */
export function afterFailure(state: CircuitState, experienceId: number, experiences: number, now: Date): CircuitState {
  const phase = phaseOf(state, now);
  // A request that was sent before it opened: it tells nothing new.
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

/** After a request that was refused, which says nothing of whether the supplier fails: the next one may be the probe. */
export function afterNoOutcome<T extends CircuitState>(state: T): T {
  return { ...state, probeUntil: null };
}

function opened(state: CircuitState, now: Date): CircuitState {
  const openUntil = new Date(now.getTime() + openMs(state.openings + 1));
  return { ...state, openings: state.openings + 1, openUntil, probeUntil: null };
}

/** For how long the `openings`-th opening lasts, milliseconds. */
export function openMs(openings: number): number {
  return Math.min(LONGEST_OPEN_MS, FIRST_OPEN_MS * 2 ** Math.min(Math.max(0, openings - 1), 20));
}
