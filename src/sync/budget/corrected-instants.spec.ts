import { describe, expect, it } from '@jest/globals';
import { untouchedLimits } from '../../../test/fixtures/limiter-state.js';
import fc from 'fast-check';
import type { LimiterState } from './effective-rate.js';
import { bookedAtMs, corrected, CLOCK_TOLERANCE_MS, furthestNextAtMs } from './corrected-instants.js';
import { paceRequests } from './pacing.js';
import { afterFailure } from './circuit.js';
import { afterRefusal } from './aimd.js';

const START = Date.parse('2026-03-02T04:00:00.000Z');
const SECOND = 1_000;
const HOUR = 3_600_000;
const at = (ms: number): Date => new Date(START + ms);
const SETTINGS = { timeoutMs: 10 * SECOND, requestsPerMinute: 30 };

const UNTOUCHED = untouchedLimits(START);
const believe = (state: Partial<LimiterState>) => corrected({ ...UNTOUCHED, ...state }, at(0), SETTINGS);

describe('a stored state', () => {
  it('that the rules can have set is corrected as it is', () => {
    const block = { blockedUntil: at(6 * HOUR), blockedAt: at(0), blockedMs: 6 * HOUR, refusedAt: at(0) };
    for (const state of [
      {},
      block,
      { openUntil: at(10 * SECOND), openings: 1, lastFailedAt: at(0), failingSince: at(-1) },
    ]) {
      const stored = { ...UNTOUCHED, ...state };
      expect(corrected(stored, at(0), SETTINGS)).toBe(stored);
    }
  });

  it('with a block that no wish to wait explains is not blocked', () => {
    expect(believe({ blockedUntil: at(2 * HOUR) }).blockedUntil).toBeNull();
  });

  it('with a block longer than the wish to wait is blocked for as long as that said', () => {
    const stored = { blockedUntil: at(2 * HOUR), blockedAt: at(-SECOND), blockedMs: 60 * SECOND };
    expect(believe(stored).blockedUntil).toEqual(at(59 * SECOND));
  });

  it('with a wish to wait that lies in the future is not blocked', () => {
    const stored = { blockedUntil: at(3 * HOUR), blockedAt: at(2 * HOUR), blockedMs: HOUR, refusedAt: at(2 * HOUR) };
    expect(believe(stored)).toMatchObject({ blockedUntil: null, refusedAt: null });
  });

  it('with a circuit that is open for hours is open for as long as that opening lasts', () => {
    const stored = {
      failures: 5,
      openings: 1,
      openUntil: at(2 * HOUR),
      failingSince: at(1.9 * HOUR),
      lastFailedAt: at(1.9 * HOUR),
    };
    expect(believe(stored)).toMatchObject({ openUntil: at(10 * SECOND), lastFailedAt: at(0), failingSince: at(0) });
  });

  it('with a probe that would be under way for hours has none', () => {
    expect(believe({ openUntil: at(0), lastFailedAt: at(-SECOND), probeUntil: at(2 * HOUR) }).probeUntil).toBeNull();
  });

  it('with a next request that is due in hours may send it now', () => {
    expect(believe({ nextAtMs: START + 2 * HOUR }).nextAtMs).toBe(START);
    expect(believe({ nextAtMs: START + 2 * SECOND }).nextAtMs).toBe(START + 2 * SECOND);
  });

  it('with a spent quota waits until it is whole again, and no longer', () => {
    const quota = { quotaRemaining: 0, quotaResetAt: at(60 * SECOND), quotaSeenAt: at(-SECOND) };
    expect(believe({ ...quota, nextAtMs: START + 60 * SECOND }).nextAtMs).toBe(START + 60 * SECOND);
    expect(believe({ ...quota, nextAtMs: START + 2 * HOUR }).nextAtMs).toBe(START);
  });

  it('with a quota that was told in the future has none', () => {
    const stored = { quotaRemaining: 0, quotaResetAt: at(3 * HOUR), quotaSeenAt: at(2 * HOUR) };
    expect(believe(stored)).toMatchObject({ quotaRemaining: null, quotaResetAt: null, quotaSeenAt: null });
  });

  it('with a share that grows from hours ahead on grows from now on', () => {
    expect(believe({ share: 0.5, shareSince: at(2 * HOUR) }).shareSince).toEqual(at(0));
  });

  it('that the rules do set is corrected, whatever they set', () => {
    const wait = fc.integer({ min: 1, max: 7 * 24 * 3_600 }).map((seconds) => seconds * SECOND);
    fc.assert(
      fc.property(wait, fc.nat(30), (ms, failures) => {
        let state: LimiterState = {
          ...UNTOUCHED,
          ...afterRefusal(UNTOUCHED, at(0), at(ms)),
          blockedAt: at(0),
          blockedMs: ms,
        };
        for (let i = 0; i < failures; i++) state = { ...state, ...afterFailure(state, i, 3, at(0)) };
        expect(corrected(state, at(0), SETTINGS)).toBe(state);
      }),
    );
  });

  it('never stops anything for long that nothing explains', () => {
    const ahead = fc.option(fc.integer({ min: 0, max: 1_000 * HOUR }).map(at));
    const unexplained = fc.record({
      blockedUntil: ahead,
      openUntil: ahead,
      probeUntil: ahead,
      lastFailedAt: ahead,
      shareSince: ahead,
    });
    fc.assert(
      fc.property(unexplained, fc.nat(40), (stored, openings) => {
        const { blockedUntil, openUntil, probeUntil } = believe({ ...stored, openings });
        const longest = START + 300 * SECOND + 2 * CLOCK_TOLERANCE_MS;
        for (const instant of [blockedUntil, openUntil, probeUntil])
          expect(instant?.getTime() ?? 0).toBeLessThanOrEqual(longest);
      }),
    );
  });
});

it('a booked request stands behind all that were paid, also extra ones, and never further ahead than the rules can set', () => {
  const INTERVAL = 2_050;
  const none = (nextAtMs: number) => paceRequests({ nextAtMs, blockedUntil: null }, at(0), INTERVAL, 1);
  const bookedAt = (ms: number, used: number) =>
    bookedAtMs({ nextAtMs: START + ms }, none(START + ms), used, INTERVAL, at(0)) - START;
  expect([bookedAt(1_000, 0), bookedAt(1_000, 1)]).toEqual([1_000, 1_000 + INTERVAL]);
  // One was sent twice.
  expect([bookedAt(4_000, 0), bookedAt(4_000, 1)]).toEqual([4_000, 4_000 + INTERVAL]);
  const furthest = furthestNextAtMs(INTERVAL, at(0)) - START;
  expect(bookedAt(furthest - 10, 1)).toBe(furthest);
});
