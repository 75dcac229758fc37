import { describe, expect, it } from '@jest/globals';
import { budgetReport } from '../budget/budget-report.js';
import { budgetUse, type UseFacts } from './budget-use.js';

const NOW = new Date('2026-03-02T04:00:00Z');
const UNUSED = budgetReport(null, 30, NOW);
const FACTS: UseFacts = { state: 'running', minValue: 0.01, daysWait: false, now: NOW };

describe('how much of the budget is used', () => {
  it.each([
    [29, 'running', 30, null],
    [30, 'paused', 30, null],
    [3, 'running', 30, 'value'],
    [3, 'running', 8, 'supplier'],
    [0, 'paused', 8, 'state'],
    [1, 'outage', 30, 'state'],
  ] as const)('%i of 30 while it is %s and %i are left is limited by %s', (usedLastMinute, state, left, limit) => {
    const use = budgetUse({ ...UNUSED, usedLastMinute, effectiveRequestsPerMinute: left }, { ...FACTS, state });
    expect(use.share).toBeCloseTo(usedLastMinute / 30, 12);
    expect(use.limit).toBe(limit);
    expect(use.text === null).toBe(limit === null);
  });

  it('does not say that the whole sync is paused where one supplier may be', () => {
    const { text } = budgetUse({ ...UNUSED, usedLastMinute: 0 }, { ...FACTS, state: 'paused' });
    expect(text).toBe('The sync or its supplier is paused.');
  });

  it('is used where the next request waits for its pace', () => {
    const nextAt = new Date(NOW.getTime() + 2_000).toISOString();
    expect(budgetUse({ ...UNUSED, usedLastMinute: 3, nextAt }, FACTS).limit).toBeNull();
  });

  it('is never more than all of it', () => {
    expect(budgetUse({ ...UNUSED, usedLastMinute: 33 }, FACTS).share).toBe(1);
  });

  it('names the setting that holds requests back', () => {
    expect(budgetUse({ ...UNUSED, usedLastMinute: 0 }, FACTS).text).toContain('0.01 stale reads (MIN_VALUE)');
  });

  it('is not held back by value while days wait, or where every request has its value', () => {
    expect(budgetUse(UNUSED, { ...FACTS, daysWait: true })).toMatchObject({ limit: null, text: null });
    expect(budgetUse(UNUSED, { ...FACTS, minValue: 0 }).text).toBe('No further request is due.');
  });
});
