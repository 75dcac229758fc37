import { describe, expect, it } from '@jest/globals';
import { untouchedLimits } from '../../../test/fixtures/limiter-state.js';
import { budgetReport } from '../budget/budget-report.js';
import type { HeldProducts } from '../fetch/product-health.js';
import { stateReport, type StateFacts } from './state-report.js';
import type { BudgetState } from '../budget/supplier-budget.js';
import type { ControlState } from '../pause/sync-control.js';

const START = Date.parse('2026-03-02T04:00:00.000Z');
const at = (seconds: number): Date => new Date(START + seconds * 1_000);
const CONTROL: ControlState = {
  ...{ pausedAt: null, pausedBy: null, reason: null, pausedUntil: null, since: at(-3_600) },
  ...{ clampedAt: null, clamped: null },
};
const BUDGET: BudgetState = { ...untouchedLimits(START + 2_000), minute: at(0), granted: 1, grantedBefore: 0 };

function report(
  budget: Partial<BudgetState> | null,
  {
    control = {},
    held = [],
    recording = null,
    recordedAgainAt = null,
    experiences = 3,
  }: Partial<Pick<StateFacts, 'held' | 'recording' | 'recordedAgainAt' | 'experiences'>> & {
    control?: Partial<ControlState>;
  } = {},
) {
  const state = budget && { ...BUDGET, ...budget };
  const facts = {
    control: { ...CONTROL, ...control },
    budget: state,
    held,
    recording,
    recordedAgainAt,
    experiences,
    now: at(0),
  };
  return stateReport({ ...facts, report: budgetReport(state, 30, at(0)) });
}

const OUTAGE = { openUntil: at(20), openings: 2, failures: 7, failingSince: at(-90), lastFailedAt: at(-1) };
const BLOCK = {
  blockedUntil: at(600),
  blockedAt: at(-5),
  blockedMs: 605_000,
  refusal: 'the supplier answered 429: "slow down"',
};

describe('the sync', () => {
  it('runs since it was resumed, or came out of trouble, whichever was last', () => {
    expect(report(null)).toEqual({ state: 'running', since: at(-3_600), cause: null, nextAttemptAt: null });
    expect(report({ recoveredAt: at(-60) })).toMatchObject({ state: 'running', since: at(-60) });
    expect(report({ recoveredAt: at(-60), blockedUntil: at(-30) }).since).toEqual(at(-30));
    expect(report({ recoveredAt: at(-60) }, { recordedAgainAt: at(-20) }).since).toEqual(at(-20));
  });

  it('is refused while one request after the other is, however short the waits', () => {
    const refused = { refusedSince: at(-60), refusedAt: at(-2), blockedMs: 1_000, blockedUntil: at(-1), refusal: 'no' };
    expect(report(refused)).toMatchObject({ state: 'refused', since: at(-60), cause: { text: 'no' } });
    expect(report({ ...refused, refusedSince: at(-3) }).state).toBe('running');
    expect(report({ ...refused, refusedSince: null, recoveredAt: at(-40) })).toMatchObject({
      ...{ state: 'running', since: at(-40) },
    });
  });

  it('is paused by somebody, for a reason, until an instant', () => {
    const control = { pausedAt: at(-10), pausedBy: 'alice', reason: 'price list', pausedUntil: at(60) };
    expect(report(OUTAGE, { control })).toMatchObject({
      ...{ state: 'paused', since: at(-10), nextAttemptAt: at(60).toISOString() },
      cause: { code: 'pause', text: 'It was paused by alice: price list' },
    });
  });

  it('records nothing since the database took no writes, whatever else is wrong', () => {
    const recording = {
      code: 'database_read_only',
      text: 'The database answers: cannot execute UPDATE in a read-only transaction (25006).',
    } as const;
    expect(report(OUTAGE, { recording: { ...recording, since: at(-7) } })).toMatchObject({
      ...{ state: 'not_recording', since: at(-7), nextAttemptAt: null },
      cause: { code: 'database_read_only', text: recording.text },
    });
    const paused = { pausedAt: at(-10) };
    expect(report(OUTAGE, { recording: { ...recording, since: at(-7) }, control: paused }).state).toBe('paused');
  });

  it('is in no trouble without experiences: no answer would ever end it', () => {
    for (const trouble of [OUTAGE, BLOCK])
      expect(report(trouble, { experiences: 0 })).toMatchObject({ state: 'running', cause: null, nextAttemptAt: null });
  });

  it('has an outage since the first failure, for what the last one was', () => {
    const budget = { ...OUTAGE, failureKind: 'timeout', failure: 'no answer within 500 ms' };
    expect(report(budget)).toMatchObject({
      ...{ state: 'outage', since: at(-90), nextAttemptAt: at(20).toISOString() },
      cause: {
        code: 'timeout',
        text: 'no answer within 500 ms',
        advice: expect.stringContaining('SUPPLIER_TIMEOUT'),
      },
    });
  });

  it('is refused since the first of the refusals in a row', () => {
    expect(report({ ...BLOCK, refusedSince: at(-900) })).toMatchObject({ state: 'refused', since: at(-900) });
  });

  it('is refused since the wish to wait, until its end', () => {
    expect(report(BLOCK)).toMatchObject({
      ...{ state: 'refused', since: at(-5), nextAttemptAt: at(600).toISOString() },
      cause: { code: 'refusal', text: 'the supplier answered 429: "slow down"' },
    });
  });

  it.each([
    ['unauthorized', 'unauthorized'],
    ['bad_answer', 'unusable'],
  ])('is told that answers for all products are of no use: %s', (unusableKind, state) => {
    const budget = {
      unusable: 12,
      unusableProducts: [14, 15, 16],
      unusableSince: at(-50),
      unusableKind,
      unusableDetail: 'why',
    };
    expect(report(budget)).toMatchObject({ state, since: at(-50), cause: { code: unusableKind, text: 'why' } });
  });

  it('is told the same where every product is held, however few', () => {
    const held = [{ kind: 'unauthorized', products: 3, since: at(-40), detail: 'the supplier answered 401' }];
    expect(report({}, { held })).toMatchObject({ state: 'unauthorized', since: at(-40) });
    expect(report({}, { held: [{ ...held[0], products: 2 } as HeldProducts] }).state).toBe('running');
  });

  it('has an outage where every product is held for want of an answer', () => {
    const held = [{ kind: 'timeout', products: 3, since: at(-40), detail: 'no answer within 500 ms' }];
    // One answer that was of no use came before.
    const budget = { unusable: 1, unusableProducts: [14], unusableSince: at(-50), unusableKind: 'rejected' };
    expect(report(budget, { held })).toMatchObject({ state: 'outage', since: at(-40), cause: { code: 'timeout' } });
  });
});
