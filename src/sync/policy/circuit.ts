/**
 * The circuit breaker (Nygard, "Release It!"): a partner that fails again and again is left alone, so that neither its
 * recovery nor our budget is burdened with requests that fail. Closed: all is asked. Open: nothing, for a time that
 * doubles. Half-open: one request at a time, the probe, until one is answered.
 */

/** Failures in a row that open it, when so many of them concern other experiences than the one that fails most. */
const FAILURES = 5;
const FAILURES_OF_OTHERS = 2;
/** When fewer do: a product that fails for good must not stop the others, nor with a single failure of another one. */
const FAILURES_OF_ONE = 15;
const FIRST_OPEN_MS = 10_000;
const LONGEST_OPEN_MS = 5 * 60_000;
/** A probe counts as lost so long after its timeout: sending it may be a second late, and its answer wants recording. */
const PROBE_MARGIN_MS = 5_000;

export interface CircuitState {
  /** In a row, without an answer between them. */
  readonly failures: number;
  /** The first and the last of them; null: none. */
  readonly failingSince: Date | null;
  readonly lastFailedAt: Date | null;
  /** The experiences of the first fifteen of them; null: none. */
  readonly failing: readonly number[] | null;
  /** How often it opened since it was closed. */
  readonly openings: number;
  /** Null: closed; open until then, half-open from then on. */
  readonly openUntil: Date | null;
  /** Half-open: a probe is under way, which counts as lost then; null: none is. */
  readonly probeUntil: Date | null;
}

export type CircuitPhase = 'closed' | 'open' | 'half_open';

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

/** After a request for this experience failed. */
export function afterFailure(state: CircuitState, experienceId: number, now: Date): CircuitState {
  const phase = phaseOf(state, now);
  // A request that was sent before it opened: it tells nothing new.
  if (phase !== 'closed' && (phase === 'open' || state.probeUntil === null)) return state;
  // Closed, failures further apart than this burden nobody: an open circuit would ask as often.
  const apart = now.getTime() - (state.lastFailedAt ?? now).getTime() > LONGEST_OPEN_MS;
  const before = phase === 'closed' && apart ? { ...state, ...CLOSED } : state;
  const failed: CircuitState = {
    ...before,
    failures: before.failures + 1,
    failingSince: before.failingSince ?? now,
    lastFailedAt: now,
    failing: [...(before.failing ?? []), experienceId].slice(0, FAILURES_OF_ONE),
  };
  const enough = failed.failures >= (mostlyOf(failed) === null ? FAILURES : FAILURES_OF_ONE);
  return phase === 'half_open' || enough ? opened(failed, now) : failed;
}

/** After a request that was refused, which says nothing of whether the partner fails: the next one may be the probe. */
export function afterNoVerdict<T extends CircuitState>(state: T): T {
  return { ...state, probeUntil: null };
}

/**
 * Since when the requests failed that an answer for this experience shows to be worth another try; null: there was no
 * outage, or only another experience failed, of which this answer tells nothing.
 */
export function recoveredSince(before: CircuitState, experienceId: number): Date | null {
  if (before.openUntil === null) return null;
  const only = mostlyOf(before);
  return only === null || only === experienceId ? before.failingSince : null;
}

/** The experience that all of the failures concern, but for one at most; null: several fail. */
function mostlyOf({ failing }: CircuitState): number | null {
  const all = failing ?? [];
  const failures = (id: number): number => all.filter((each) => each === id).length;
  return all.find((id) => all.length - failures(id) < FAILURES_OF_OTHERS) ?? null;
}

function opened(state: CircuitState, now: Date): CircuitState {
  const openUntil = new Date(now.getTime() + openMs(state.openings + 1));
  return { ...state, openings: state.openings + 1, openUntil, probeUntil: null };
}

/** For how long the `openings`-th opening lasts, milliseconds. */
export function openMs(openings: number): number {
  return Math.min(LONGEST_OPEN_MS, FIRST_OPEN_MS * 2 ** Math.min(Math.max(0, openings - 1), 20));
}
