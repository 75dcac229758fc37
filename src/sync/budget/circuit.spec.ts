import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterFailure, afterNoOutcome, CLOSED, heldUntil, phaseOf, probeEnd, type CircuitState } from './circuit.js';

const START = Date.parse('2026-03-02T04:00:00.000Z');
const at = (ms: number): Date => new Date(START + ms);
const TIMEOUT_MS = 10_000;

/** Mirrored experiences. */
const THREE = 3;

/** A failure a second of these experiences of so many, the first at the start. */
function failingOf(mirrored: number, ...experiences: readonly number[]): CircuitState {
  return experiences.reduce((state, id, i) => afterFailure(state, id, mirrored, at(i * 1_000)), CLOSED);
}
const withProbe = (state: CircuitState, now: Date): CircuitState => ({
  ...state,
  probeUntil: probeEnd(now, TIMEOUT_MS),
});

/** Opened at four seconds, until fourteen. */
const OPEN = failingOf(THREE, 14, 15, 14, 16, 14);

describe('failures in a row open the circuit', () => {
  it.each([
    ['the fifth, of as many experiences', 10, [14, 15, 16, 17, 18], true],
    ['not those of four of ten', 10, [14, 15, 16, 17, 14, 15, 16, 17, 14, 15, 16, 17, 14, 15, 16, 17], false],
    ['the first one of the fifth', 10, [14, 15, 16, 17, 14, 15, 16, 17, 14, 15, 18], true],
    ['the fifth of the only two', 2, [14, 14, 15, 14, 14], true],
    ['not those of one of two', 2, [14, 14, 14, 14, 14, 14, 14, 14], false],
    ['the fifth of the only one', 1, [14, 14, 14, 14, 14], true],
    ['not the fourth', 3, [14, 15, 16, 14], false],
  ])('%s', (_, mirrored, experiences, open) => {
    const state = failingOf(mirrored, ...experiences);
    expect(phaseOf(state, at(0))).toBe(open ? 'open' : 'closed');
    expect(state).toMatchObject({ failures: experiences.length, failingSince: at(0), openings: open ? 1 : 0 });
  });

  it('unless they are further apart than five minutes', () => {
    const every = (ms: number): CircuitState =>
      [14, 15, 16, 15, 14].reduce((state, id, i) => afterFailure(state, id, THREE, at(i * ms)), CLOSED);
    expect(every(300_000)).toMatchObject({ openings: 1, failingSince: at(0) });
    expect(every(300_001)).toMatchObject({ openings: 0, failures: 1, failingSince: at(4 * 300_001) });
  });

  it('and nothing is asked for ten seconds', () => {
    expect(heldUntil(OPEN, at(4_000))).toEqual(at(14_000));
    expect(heldUntil(OPEN, at(13_999))).toEqual(at(14_000));
    expect(heldUntil(OPEN, at(14_000))).toBeNull();
    expect(phaseOf(OPEN, at(14_000))).toBe('half_open');
    expect(heldUntil(CLOSED, at(0))).toBeNull();
  });

  it('and those that were under way when it opened change nothing', () => {
    expect(afterFailure(OPEN, 16, THREE, at(9_000))).toEqual(OPEN);
    expect(afterFailure(OPEN, 16, THREE, at(14_000))).toEqual(OPEN);
  });
});

describe('half-open', () => {
  it('holds back all others while a probe is under way, until that counts as lost', () => {
    const probing = withProbe(OPEN, at(14_000));
    expect(heldUntil(probing, at(14_000))).toEqual(at(29_000));
    expect(heldUntil(probing, at(29_000))).toBeNull();
  });

  it('opens again for twice as long with each probe that fails, up to half a minute', () => {
    let state = OPEN;
    const seconds = Array.from({ length: 7 }, () => {
      const now = state.openUntil ?? at(0);
      state = afterFailure(withProbe(state, now), 14, THREE, now);
      expect(state.probeUntil).toBeNull();
      return ((state.openUntil?.getTime() ?? 0) - now.getTime()) / 1_000;
    });
    expect(seconds).toEqual([20, 30, 30, 30, 30, 30, 30]);
    expect(state).toMatchObject({ failures: 12, failingSince: at(0) });
  });

  it('lets another probe go after one that was refused', () => {
    const state = afterNoOutcome(withProbe(OPEN, at(14_000)));
    expect(heldUntil(state, at(14_001))).toBeNull();
    expect(phaseOf(state, at(14_001))).toBe('half_open');
  });
});

describe('however failures, answers, refusals and probes follow each other', () => {
  it('there is at most one probe at a time, and the circuit is never held for longer than half a minute', () => {
    const step = fc.record({
      wait: fc.nat(400_000),
      event: fc.constantFrom('failed' as const, 'answered' as const, 'refused' as const, 'nothing' as const),
      experience: fc.integer({ min: 14, max: 16 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let [state, ms] = [CLOSED, 0];
        for (const { wait, event, experience } of steps) {
          ms += event === 'nothing' ? wait : wait / 100;
          const now = at(Math.floor(ms));
          const held = heldUntil(state, now);
          if (phaseOf(state, now) === 'half_open' && held === null) {
            state = withProbe(state, now);
            expect(heldUntil(state, now)).toEqual(probeEnd(now, TIMEOUT_MS));
          }
          if (event === 'failed') state = afterFailure(state, experience, THREE, now);
          if (event === 'answered') state = CLOSED;
          if (event === 'refused') state = afterNoOutcome(state);
          expect((heldUntil(state, now)?.getTime() ?? 0) - now.getTime()).toBeLessThanOrEqual(30_000);
          expect(state.openUntil === null).toBe(state.openings === 0);
          expect(state.failures === 0).toBe(state.failingSince === null);
        }
      }),
    );
  });
});
