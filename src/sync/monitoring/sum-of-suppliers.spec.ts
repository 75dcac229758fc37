import { describe, expect, it } from '@jest/globals';
import type { State, SupplierState } from './status.shape.js';
import { worstState } from './sum-of-suppliers.js';

const BUDGET = {
  ...{
    requestsPerMinute: 30,
    effectiveRequestsPerMinute: 30,
    throttledUntil: null,
    usedThisMinute: 3,
    usedLastMinute: 15,
  },
  ...{ blockedUntil: null, quota: null, circuit: { state: 'closed', failures: 0, retryAt: null } },
};

function at(seconds: number): string {
  return new Date(Date.UTC(2026, 2, 2, 4, 0, seconds)).toISOString();
}

function supplier(name: string, state: State, next: string | null): SupplierState {
  const cause = state === 'running' ? null : { code: state, text: `It is ${state}.`, advice: 'Look.' };
  const pause = { pausedAt: null, pausedBy: null, pauseScope: null, reason: null, pausedUntil: null };
  const budget = { ...BUDGET, nextAt: at(0) };
  const budgetUse = { share: 0.5, limit: null, text: null };
  return {
    name,
    state,
    since: at(-60),
    cause,
    nextAttemptAt: next,
    ...pause,
    budget,
    budgetUse,
  } as unknown as SupplierState;
}

describe('the state of all suppliers', () => {
  it('is the worst, with its cause and when it is tried next, however soon another one is', () => {
    const idle = supplier('harbour', 'running', at(-90));
    const states = [idle, supplier('leap', 'unauthorized', at(20)), supplier('zaui', 'unauthorized', at(10))];
    expect(worstState(states)).toMatchObject({
      ...{ state: 'unauthorized', cause: { text: 'leap: It is unauthorized.' }, nextAttemptAt: at(10) },
      budget: { requestsPerMinute: 90, usedThisMinute: 9, usedLastMinute: 45 },
      budgetUse: { share: 0.5 },
    });
  });

  it('is running while one is paused on purpose', () => {
    const states = [supplier('leap', 'paused', at(900)), supplier('harbour', 'running', at(5))];
    expect(worstState(states)).toMatchObject({ state: 'running', cause: null, nextAttemptAt: at(5) });
  });

  it('names no next attempt where there is none', () => {
    const states = [supplier('leap', 'not_recording', null), supplier('harbour', 'running', at(5))];
    expect(worstState(states)).toMatchObject({ state: 'not_recording', nextAttemptAt: null });
  });
});
