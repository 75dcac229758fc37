import { describe, expect, it } from '@jest/globals';
import { TEMPOS } from '../policy/tempo.js';
import { dueReason, type DueFacts } from './due-reason.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');
const before = (ms: number): Date => new Date(NOW.getTime() - ms);
const after = (ms: number): Date => new Date(NOW.getTime() + ms);

const DAY: DueFacts = {
  paused: false,
  byValue: true,
  confirmedAt: before(60_000),
  dueAt: after(600_000),
  wantedAt: null,
  leasedUntil: null,
  attempts: 0,
  emptySeenAt: null,
  heldUntil: null,
  tempo: 4,
  turn: after(300_000).getTime(),
};

describe('why a day is asked for when it is', () => {
  it.each<[string, Partial<DueFacts>, string, Date | null]>([
    ['its turn by value', {}, 'turn', after(300_000)],
    ['its turn has come', { turn: before(1).getTime() }, 'turn', before(1)],
    ['worth less than others', { tempo: TEMPOS, turn: -3 }, 'worth', after(600_000)],
    ['its promise breaks', { dueAt: before(1) }, 'promise', before(1)],
    ['by tiers alone its deadline', { byValue: false }, 'promise', after(600_000)],
    ['never fetched, by tiers', { byValue: false, confirmedAt: null, dueAt: before(1) }, 'never-fetched', before(1)],
    ['never fetched, by value', { confirmedAt: null }, 'never-fetched', null],
    ['a reader waits', { wantedAt: before(1), confirmedAt: null }, 'wanted', NOW],
    ['an empty answer is doubted', { emptySeenAt: before(1), dueAt: after(5_000) }, 'doubt', after(5_000)],
    ['its product is held', { heldUntil: after(9_000), attempts: 3 }, 'held', after(9_000)],
    ['it failed', { attempts: 3, wantedAt: before(1) }, 'retry', after(600_000)],
    ['paused', { paused: true, attempts: 3 }, 'paused', null],
    ['a request is under way', { leasedUntil: after(1), paused: true }, 'leased', NOW],
    ['a lease that ran out is none', { leasedUntil: before(1) }, 'turn', after(300_000)],
    ['never again', { dueAt: null, turn: null, paused: true }, 'never', null],
  ])('%s', (_name, facts, why, at) => {
    const found = dueReason({ ...DAY, ...facts }, NOW);
    expect([found.why, found.at]).toEqual([why, at]);
    expect(found.text).toMatch(/^[A-Z].*\.$/);
  });

  it('counts the requests that failed', () => {
    expect(dueReason({ ...DAY, attempts: 1 }, NOW).text).toContain('Its last request failed');
    expect(dueReason({ ...DAY, attempts: 4 }, NOW).text).toContain('Its last 4 requests failed');
  });
});
