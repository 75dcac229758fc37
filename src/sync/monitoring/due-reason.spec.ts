import { describe, expect, it } from '@jest/globals';
import { dueReason, type DueFacts } from './due-reason.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');
const before = (ms: number): Date => new Date(NOW.getTime() - ms);
const after = (ms: number): Date => new Date(NOW.getTime() + ms);

const DAY: DueFacts = {
  paused: null,
  confirmedAt: before(60_000),
  dueAt: after(600_000),
  requestedAt: null,
  hintedAt: null,
  leasedUntil: null,
  attempts: 0,
  emptySeenAt: null,
  heldUntil: null,
  productRetryAt: null,
  refreshAt: after(300_000),
  refreshValue: null,
};

describe('why a day is fetched when it is', () => {
  it.each<[string, Partial<DueFacts>, string, Date | null]>([
    ['by its value', {}, 'value', after(300_000)],
    ['by its value, now', { refreshAt: before(1) }, 'value', before(1)],
    ['worth less than others', { refreshAt: null, refreshValue: 3 }, 'later', after(600_000)],
    ['worth no request before its max age', { refreshAt: null }, 'due', after(600_000)],
    ['its max age passes', { dueAt: before(1) }, 'due', before(1)],
    [
      'almost 96 hours old',
      { confirmedAt: before(3.6 * 86_400_000), dueAt: before(1), requestedAt: before(1) },
      'max_age',
      NOW,
    ],
    [
      'as old, but its answer was as old when it came',
      { confirmedAt: before(3.6 * 86_400_000) },
      'value',
      after(300_000),
    ],
    ['never fetched', { confirmedAt: null, refreshAt: null, refreshValue: 3 }, 'never_fetched', null],
    ['the supplier said that it changed', { hintedAt: before(1) }, 'hinted', NOW],
    ['a reader requested it', { requestedAt: before(1), confirmedAt: null }, 'requested', NOW],
    ['a reader requested it, and went away', { requestedAt: before(30_000) }, 'value', after(300_000)],
    [
      'an empty answer is unconfirmed',
      { emptySeenAt: before(1), dueAt: after(5_000) },
      'unconfirmed_empty',
      after(5_000),
    ],
    ['its product is held', { heldUntil: after(9_000), attempts: 3 }, 'held', after(9_000)],
    ['it failed', { attempts: 3, requestedAt: before(1) }, 'retry', after(600_000)],
    ['it failed, as its product does', { attempts: 3, productRetryAt: after(40_000) }, 'retry', after(40_000)],
    ['paused', { paused: 'sync', attempts: 3 }, 'paused', null],
    ['a request is under way', { leasedUntil: after(1), paused: 'supplier' }, 'leased', NOW],
    ['its lease ran out', { leasedUntil: before(1) }, 'value', after(300_000)],
    ['never again', { dueAt: null, refreshAt: null, paused: 'experience' }, 'never', null],
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
