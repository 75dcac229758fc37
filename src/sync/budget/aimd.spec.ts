import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterRefusal, shareAt, wholeAt, type AimdState } from './aimd.js';

const START = Date.parse('2026-03-02T04:00:00.000Z');
const SECOND = 1_000;
const MINUTE = 60_000;
const at = (ms: number): Date => new Date(START + ms);

const UNTOUCHED: AimdState = { blockedUntil: null, refusedAt: null, share: 1, shareSince: null };

/** After refusals at these instants, each of which forbids to ask for so long. */
function after(...refusals: readonly (readonly [ms: number, forMs: number])[]): AimdState {
  return refusals.reduce((state, [ms, forMs]) => afterRefusal(state, at(ms), at(ms + forMs)), UNTOUCHED);
}

describe('a first refusal', () => {
  it('only waits', () => {
    const state = after([0, MINUTE]);
    expect(state).toEqual({ blockedUntil: at(MINUTE), refusedAt: at(0), share: 1, shareSince: null });
    expect(shareAt(state, at(0))).toBe(1);
    expect(wholeAt(state, at(0))).toBeNull();
  });

  it.each([
    ['within five seconds', [4_999, MINUTE]],
    ['before its block has ended', [MINUTE - 1, MINUTE]],
  ] as const)('is one event with those that come %s', (_, other) => {
    const state = after([0, MINUTE], other);
    expect(state).toMatchObject({ refusedAt: at(0), share: 1, blockedUntil: at(other[0] + MINUTE) });
  });

  it('is one event with those that come within five seconds, also when it forbids to ask for less', () => {
    expect(after([0, SECOND], [4_999, SECOND]).share).toBe(1);
    expect(after([0, SECOND], [4_000, SECOND], [8_000, SECOND]).share).toBe(0.5);
  });

  it('is not shortened by another', () => {
    expect(after([0, MINUTE], [1, SECOND]).blockedUntil).toEqual(at(MINUTE));
  });
});

describe('a repeated refusal', () => {
  it.each([
    ['right after the block', MINUTE],
    ['ten minutes after the block', 11 * MINUTE],
  ])('halves the share: %s', (_, ms) => {
    expect(after([0, MINUTE], [ms, MINUTE])).toMatchObject({ share: 0.5, shareSince: at(ms + MINUTE) });
  });

  it('is a first one again when the last block ended longer ago', () => {
    expect(after([0, MINUTE], [11 * MINUTE + 1, MINUTE]).share).toBe(1);
    expect(after([0, 60 * MINUTE], [61 * MINUTE, MINUTE]).share).toBe(0.5);
  });

  it('halves what is left of it, down to a sixteenth, and what has grown meanwhile', () => {
    const each = [0, 1, 2, 3, 4, 5].map((minutes) => [minutes * MINUTE, MINUTE] as const);
    const shares = each.map((_, i) => after(...each.slice(0, i + 1)).share);
    expect(shares).toEqual([1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 16]);
    expect(after([0, MINUTE], [2 * MINUTE, MINUTE], [4 * MINUTE, MINUTE]).share).toBeCloseTo(0.55 / 2, 9);
  });

  it('keeps a share that has not grown whole, when it is a first one again', () => {
    const twice = after([0, MINUTE], [2 * MINUTE, MINUTE], [4 * MINUTE, MINUTE], [6 * MINUTE, MINUTE]);
    const late = afterRefusal(twice, at(17.5 * MINUTE), at(18.5 * MINUTE));
    expect(late.share).toBeCloseTo(0.1625 + 0.05 * 10.5, 9);
    expect(late.shareSince).toEqual(at(18.5 * MINUTE));
  });
});

describe('the share', () => {
  it('grows by a twentieth of the budget a minute, from the end of the block on, and then is whole', () => {
    const state = after([0, MINUTE], [2 * MINUTE, MINUTE]);
    const shares = [2, 3, 4, 13, 14].map((minutes) => shareAt(state, at(minutes * MINUTE)));
    [0.5, 0.5, 0.55, 1, 1].forEach((share, i) => expect(shares[i]).toBeCloseTo(share, 9));
    expect(wholeAt(state, at(3 * MINUTE))).toEqual(at(13 * MINUTE));
    expect(wholeAt(state, at(13 * MINUTE))).toBeNull();
  });

  it('is between a sixteenth and the whole, whatever comes when, and a refusal never raises it', () => {
    const refusals = fc.array(fc.tuple(fc.nat(20 * MINUTE), fc.integer({ min: 1, max: 70 * MINUTE })));
    fc.assert(
      fc.property(refusals, fc.nat(60 * MINUTE), (list, later) => {
        let [state, ms] = [UNTOUCHED, 0];
        for (const [gap, forMs] of list) {
          ms += gap;
          const before = shareAt(state, at(ms));
          state = afterRefusal(state, at(ms), at(ms + forMs));
          expect(state.share).toBeLessThanOrEqual(before);
          expect(state.share).toBeGreaterThanOrEqual(before / 2);
        }
        const share = shareAt(state, at(ms + later));
        expect(share >= 1 / 16 && share <= 1).toBe(true);
        const whole = wholeAt(state, at(ms));
        if (whole) expect(shareAt(state, whole)).toBe(1);
      }),
    );
  });

  it('finds the rate that a supplier takes, by and by, and hardly goes beyond', () => {
    // A supplier that takes ten a minute of our thirty, in a window that slides, as the sandbox counts.
    const accepted: number[] = [];
    let [state, refused, next] = [UNTOUCHED, 0, 0];
    for (let ms = 0; ms < 120 * MINUTE; ms += 100) {
      if (ms < next || (state.blockedUntil && at(ms) < state.blockedUntil)) continue;
      const oldest = accepted.at(-10) ?? -Infinity;
      if (oldest > ms - MINUTE) {
        refused += 1;
        state = afterRefusal(state, at(ms), at(oldest + MINUTE));
      } else accepted.push(ms);
      next = ms + 2_050 / shareAt(state, at(ms));
    }
    expect(accepted.length).toBeGreaterThanOrEqual(0.75 * 10 * 120);
    expect(refused).toBeLessThanOrEqual(60);
  });
});
