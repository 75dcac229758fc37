import { describe, expect, it } from '@jest/globals';
import { untouchedLimits } from '../../../test/fixtures/limiter-state.js';
import fc from 'fast-check';
import {
  effectiveRate,
  effectiveRequestsPerMinute,
  lookAgainAtMs,
  quotaInForce,
  type LimiterState,
} from './effective-rate.js';
import { intervalMs } from './pacing.js';
import { UNUSABLE_INTERVAL_MS } from './unusable.js';

const START = Date.parse('2026-03-02T04:00:00.000Z');
const SECOND = 1_000;
const HOUR = 3_600_000;
const at = (ms: number): Date => new Date(START + ms);
const PER_MINUTE = 30;

const UNTOUCHED = untouchedLimits(START);
const withQuota = (quotaRemaining: number, resetMs: number): LimiterState => ({
  ...UNTOUCHED,
  ...{ quotaRemaining, quotaResetAt: at(resetMs), quotaSeenAt: at(0) },
});
const allowed = (state: Partial<LimiterState>, ms = 0) => effectiveRate({ ...UNTOUCHED, ...state }, at(ms), PER_MINUTE);
const perMinute = (state: Partial<LimiterState>, ms = 0) =>
  effectiveRequestsPerMinute({ ...UNTOUCHED, ...state }, at(ms), PER_MINUTE);

describe('what is allowed', () => {
  it('is the budget while nothing speaks against it', () => {
    expect(allowed({})).toEqual({
      ...{ intervalMs: intervalMs(PER_MINUTE), closedUntil: null },
      ...{ probe: false, atOnce: Infinity },
    });
    expect(perMinute({})).toBe(30);
  });

  it('is the share of it that repeated refusals left', () => {
    expect(allowed({ share: 0.25, shareSince: at(0) }).intervalMs).toBeCloseTo(4 * intervalMs(PER_MINUTE), 6);
    expect(perMinute({ share: 0.25, shareSince: at(0) })).toBe(7.5);
    expect(perMinute({ share: 0.25, shareSince: at(-15 * 60 * SECOND) })).toBe(30);
  });

  it('is nothing until what forbids it last has ended', () => {
    const open = { openUntil: at(10 * SECOND), openings: 1 };
    expect(allowed({ blockedUntil: at(30 * SECOND), ...open }).closedUntil).toEqual(at(30 * SECOND));
    expect(allowed({ blockedUntil: at(5 * SECOND), ...open }).closedUntil).toEqual(at(10 * SECOND));
    expect(allowed({ blockedUntil: at(5 * SECOND) }, 5 * SECOND).closedUntil).toBeNull();
  });

  it('is one request every ten seconds while the answers for all products are of no use', () => {
    const unusable = { unusable: 10, unusableProducts: [14, 15, 16] };
    expect(allowed(unusable)).toMatchObject({ intervalMs: UNUSABLE_INTERVAL_MS, closedUntil: null });
    expect(allowed({ ...unusable, unusableProducts: [14, 15] }).intervalMs).toBe(intervalMs(PER_MINUTE));
  });

  it('is a probe while the circuit is half-open', () => {
    expect(allowed({ openUntil: at(0), openings: 1 })).toMatchObject({ closedUntil: null, probe: true });
  });
});

describe('a quota', () => {
  it('lets no more be sent at once than is left of it, although its pace allows more just before it begins anew', () => {
    expect(allowed(withQuota(1, 200), 190)).toMatchObject({ intervalMs: intervalMs(PER_MINUTE), atOnce: 1 });
    expect(allowed(withQuota(1, 200), 200).atOnce).toBe(Infinity);
  });

  it('that is used up lets nothing be asked until it begins anew', () => {
    expect(allowed(withQuota(0, 30 * SECOND)).closedUntil).toEqual(at(30 * SECOND));
    expect(allowed(withQuota(0, 30 * SECOND), 30 * SECOND).closedUntil).toBeNull();
    expect(perMinute(withQuota(0, 30 * SECOND))).toBe(0);
  });

  it('spreads what remains over the time that it is for', () => {
    expect(allowed(withQuota(3, 30 * SECOND)).intervalMs).toBe(10 * SECOND);
    expect(allowed(withQuota(2, 30 * SECOND), 10 * SECOND).intervalMs).toBe(10 * SECOND);
    expect(perMinute(withQuota(3, 30 * SECOND))).toBe(6.15);
    expect(allowed(withQuota(3, 30 * SECOND), 30 * SECOND).intervalMs).toBe(intervalMs(PER_MINUTE));
  });

  it('that is larger than the budget changes nothing', () => {
    expect(allowed(withQuota(1_000, 30 * SECOND)).intervalMs).toBe(intervalMs(PER_MINUTE));
  });

  it('is believed for an hour at most', () => {
    const state = withQuota(0, 20 * HOUR);
    expect(allowed(state).closedUntil).toEqual(at(HOUR));
    expect(quotaInForce(state, at(HOUR - 1))).toMatchObject({ remaining: 0, resetAt: at(20 * HOUR) });
    expect(quotaInForce(state, at(HOUR))).toBeNull();
    expect(allowed(state, HOUR)).toEqual(allowed({}));
  });
});

describe('whatever the supplier taught us', () => {
  it('the interval is never shorter than that of the budget, and its rate never above it', () => {
    const state = fc.record({
      share: fc.double({ min: 1 / 16, max: 1, noNaN: true }),
      shareSince: fc.option(fc.integer({ min: -HOUR, max: HOUR }).map(at)),
      quotaRemaining: fc.option(fc.nat(1_000_000)),
      quotaResetAt: fc.option(fc.integer({ min: -HOUR, max: 24 * HOUR }).map(at)),
      quotaSeenAt: fc.option(fc.integer({ min: -HOUR, max: 0 }).map(at)),
    });
    fc.assert(
      fc.property(state, fc.integer({ min: 1, max: 6_000 }), (taught, budget) => {
        const known = { ...UNTOUCHED, ...taught };
        expect(effectiveRate(known, at(0), budget).intervalMs).toBeGreaterThanOrEqual(intervalMs(budget));
        expect(effectiveRequestsPerMinute(known, at(0), budget)).toBeLessThanOrEqual(budget);
      }),
    );
  });
});

describe('an offer is asked for again', () => {
  it.each([
    ['when the next request may be sent', 30, 1_500, 1_500],
    ['an interval of the budget later, should that be far away', 30, HOUR, 2_050],
    ['a second later, where the interval is shorter', 6_000, HOUR, 1_000],
    ['an interval later, however long', 1, HOUR, 61_500],
  ])('%s', (_, requestsPerMinute, nextMs, ms) => {
    expect(lookAgainAtMs(START + nextMs, at(0), requestsPerMinute)).toBe(START + ms);
  });
});
