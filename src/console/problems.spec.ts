import { describe, expect, it } from '@jest/globals';
import type { ErrorReport, OddityReport } from '../sync/monitoring/trouble.shape.js';
import { extentText, moreDates, timeTexts } from './page/problem-text.js';
import { moment } from './page/format.js';
import { failuresOf, leftOutSlots, mainProblem, odditiesOf } from './page/problems.js';

const NOW = Date.parse('2026-03-02T04:00:00Z');
const at = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();

function failure(
  supplier: string,
  experienceId: number,
  cause: string,
  fields: Partial<ErrorReport> = {},
): ErrorReport {
  return {
    ...{ supplier, experienceId, cause, error: `${cause}: no`, advice: `about ${cause}` },
    ...{ date: '2026-03-03', dates: ['2026-03-03'], days: 1, attempts: 1 },
    ...{ since: at(-60), failedAt: at(-10), retryAt: at(30), ...fields },
  };
}

const FAILURES = [
  failure('zaui', 30, 'gone', { retryAt: null }),
  failure('leap', 15, 'rejected', { since: at(-5) }),
  failure('leap', 20, 'timeout', {
    days: 9,
    failedAt: at(-1),
    error: 'timeout: no answer within 10 s',
    retryAt: at(8),
  }),
  failure('leap', 14, 'timeout', { since: at(-90) }),
];

describe('what is wrong', () => {
  it('is grouped by supplier and cause, the newest first, with the words of the last failure', () => {
    const groups = failuresOf(FAILURES);
    expect(groups.map(({ supplier, cause }) => `${supplier} ${cause}`)).toEqual([
      ...['leap rejected', 'leap timeout', 'zaui gone'],
    ]);
    expect(groups[1]).toMatchObject({
      ...{ words: 'no answer within 10 s', advice: 'about timeout', days: 10 },
      ...{ since: at(-90), last: at(-1), retryAt: at(8) },
    });
    expect(groups[1]?.products.map(({ experienceId }) => experienceId)).toEqual([14, 20]);
  });

  it('is told whole where it does not begin with its cause', () => {
    const [group] = failuresOf([failure('leap', 14, 'bad_answer', { error: 'gone: it is sold no more' })]);
    expect(group?.words).toBe('gone: it is sold no more');
  });

  it('is nothing when all is well', () => {
    expect([failuresOf([]), odditiesOf([]), mainProblem([], 'leap')]).toEqual([[], [], null]);
  });

  it('is for a supplier what concerns most of its days, and when any of them is tried again', () => {
    expect(mainProblem(failuresOf(FAILURES), 'leap')).toEqual({
      ...{ words: 'no answer within 10 s', advice: 'about timeout', retryAt: at(8) },
    });
    expect(mainProblem(failuresOf(FAILURES), 'zaui')?.retryAt).toBeNull();
  });

  it('has the oddities of accepted answers in the same form', () => {
    const oddity: OddityReport = {
      ...{ supplier: 'leap', experienceId: 14, code: 'negative_count', detail: '-2 was read as 0', advice: 'Nothing.' },
      ...{ date: '2026-03-03', dates: ['2026-03-03'], days: 1, slots: 2, since: at(-9), seenAt: at(-3) },
    };
    expect(odditiesOf([oddity])).toMatchObject([
      { cause: 'negative_count', words: '-2 was read as 0', last: at(-3), retryAt: null },
    ]);
    expect(leftOutSlots(odditiesOf([oddity]), 'leap')).toBeNull();
  });

  it('counts the products of a supplier that have slots which are not sold', () => {
    const dropped = (supplier: string, experienceId: number): OddityReport => ({
      ...{ supplier, experienceId, code: 'slot_dropped', detail: '[0] is no slot', advice: 'Report it.' },
      ...{ date: '2026-03-03', dates: ['2026-03-03'], days: 1, slots: 2, since: at(-experienceId), seenAt: at(-3) },
    });
    const odd = odditiesOf([dropped('leap', 14), dropped('leap', 20), dropped('zaui', 30)]);
    expect(leftOutSlots(odd, 'leap')).toEqual({
      ...{ products: 2, since: at(-20), words: '[0] is no slot', advice: 'Report it.' },
    });
    expect(leftOutSlots(odd, 'harbour')).toBeNull();
  });
});

describe('the words of a problem', () => {
  it('count products and days, and what is not listed of them', () => {
    const [, timeout] = failuresOf(FAILURES);
    expect(timeout && extentText(timeout)).toBe('2 products, 10 days');
    expect(moreDates({ dates: ['2026-03-03'], days: 1_201 })).toBe('and 1,200 more');
    expect(moreDates({ dates: ['2026-03-03'], days: 1 })).toBeNull();
  });

  it('say since when it fails or is odd, when it was seen last, and when it is tried again', () => {
    expect(timeTexts({ fails: true, since: at(-90), last: at(-1), retryAt: at(8) }, NOW)).toEqual([
      `failing since ${moment(at(-90), NOW)} (1 min ago)`,
      `last ${moment(at(-1), NOW)} (1 s ago)`,
      `tried again in 8 s (${moment(at(8), NOW)})`,
    ]);
    expect(timeTexts({ fails: false, since: at(-90), last: at(-1), retryAt: null }, NOW)).toEqual([
      `first seen ${moment(at(-90), NOW)} (1 min ago)`,
      `last ${moment(at(-1), NOW)} (1 s ago)`,
    ]);
  });
});
