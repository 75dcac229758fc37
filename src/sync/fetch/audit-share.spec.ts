import { describe, expect, it } from '@jest/globals';
import type { CandidateDay } from '../schedule/day-queue.js';
import { creditAfter, mayAudit } from './audit-share.js';
import type { DayCandidate } from './choice.js';

const candidate = (lane: DayCandidate['lane'], neverConfirmed = false): DayCandidate => ({
  ...{ lane, rank: 0, neverConfirmed, day: {} as CandidateDay },
});
const QUIET = { probe: false, slowed: false };

describe('Audits', () => {
  it('are never more than their share of the requests, and nothing is saved up', () => {
    let credit = 0;
    let audits = 0;
    for (let requests = 1; requests <= 1_000; requests++) {
      const one = mayAudit(credit, [], QUIET, false) ? 1 : 0;
      audits += one;
      credit = creditAfter(credit, 0.01, 1, one);
      expect(audits).toBeLessThanOrEqual(0.01 * requests);
    }
    expect(audits).toBeGreaterThanOrEqual(9);
    expect(creditAfter(0, 0.01, 100_000, 0)).toBe(1);
  });

  it('take none without a share', () => {
    expect(creditAfter(0, 0, 1_000_000, 0)).toBe(0);
  });

  it('wait while the mirror fills, while something is tried again, and while the supplier is in trouble', () => {
    expect(mayAudit(1, [candidate('value'), candidate('due')], QUIET, false)).toBe(true);
    expect(mayAudit(0.99, [], QUIET, false)).toBe(false);
    expect(mayAudit(1, [candidate('value', true)], QUIET, true)).toBe(false);
    expect(mayAudit(1, [candidate('value', true)], QUIET, false)).toBe(true);
    expect(mayAudit(1, [candidate('retry')], QUIET, false)).toBe(false);
    expect(mayAudit(1, [candidate('probe')], QUIET, false)).toBe(false);
    expect(mayAudit(1, [], { probe: true, slowed: false }, false)).toBe(false);
    expect(mayAudit(1, [], { probe: false, slowed: true }, false)).toBe(false);
  });
});
