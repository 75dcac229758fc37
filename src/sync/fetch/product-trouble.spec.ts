import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FailureKind } from '../../inventory/index.js';
import { intervalMs } from '../budget/pacing.js';
import {
  afterList,
  afterProductFailure,
  longestRetryMs,
  restMs,
  retryMs,
  type ProductTrouble,
  type RetryShare,
} from './product-trouble.js';
import type { Listed } from './listed.js';

const START = Date.parse('2026-03-02T04:00:00.000Z');
const MINUTE = 60_000;
const at = (ms: number): Date => new Date(START + ms);
/** One of ten products at 30 requests a minute: its share is one request in 20.5 seconds. */
const SHARE: RetryShare = {
  othersHeld: 0,
  othersFailing: 0,
  lastRetryAt: null,
  experiences: 10,
  intervalMs: intervalMs(30),
};

/** Of a day that did not fail, all of it readable. */
const LIST: Listed = { failedBefore: false, refuted: false, droppedBefore: false, dropped: null };
const INCOMPLETE: Listed = { ...LIST, dropped: 'slot 2: startTime: "soon"' };
const WHOLE: Listed = { ...LIST, droppedBefore: true };

function failing(
  times: number,
  kind: FailureKind = 'bad_answer',
  before: ProductTrouble | null = null,
): ProductTrouble {
  let trouble = before;
  for (let i = 0; i < times; i++) {
    trouble = afterProductFailure(
      trouble,
      { kind, detail: 'why', again: false, wasOpen: false, now: at(i * MINUTE), random: 0.5 },
      SHARE,
    );
  }
  if (!trouble) throw new RangeError('at least one failure');
  return trouble;
}

describe('a product whose requests fail', () => {
  it('is held after three failures in a row, and not before', () => {
    expect([1, 2, 3, 4].map((times) => failing(times).held)).toEqual([false, false, true, true]);
  });

  it('that is not found is held after a week and a day of dates', () => {
    expect(failing(7, 'not_found').held).toBe(false);
    expect(failing(8, 'not_found').held).toBe(true);
  });

  it('that is not found on dates that are known to have slots is held after three', () => {
    const failure = { kind: 'not_found', detail: 'why', again: false, wasOpen: true, now: at(0), random: 0.5 } as const;
    expect(afterProductFailure(failing(2, 'not_found'), failure, SHARE).held).toBe(true);
  });

  it('tells since when it fails, and what it failed with last', () => {
    const trouble = failing(1, 'gone', failing(2));
    expect(trouble).toMatchObject({ kind: 'gone', failures: 3, failingSince: at(0), lastFailedAt: at(0) });
  });

  it('is counted anew after a list', () => {
    const { after } = afterList(failing(2), at(0), LIST, SHARE);
    expect(after).toMatchObject({ failures: 0, held: false, answeredAt: at(0) });
    expect(failing(2, 'bad_answer', after).held).toBe(false);
  });
});

describe('a failing product is tried again', () => {
  it('no oftener than its share of the budget, and a held one not seldomer than every 40 seconds where that is more', () => {
    expect(retryMs(1, 'held', SHARE)).toBe(20_500);
    expect(retryMs(2, 'held', SHARE)).toBe(40_000);
    expect(retryMs(50, 'held', SHARE)).toBe(40_000);
    // Of a large catalogue a share is little: a twentieth of the budget goes to all that are held.
    expect(retryMs(50, 'held', { ...SHARE, experiences: 450 })).toBe(41_000);
    expect(retryMs(50, 'held', { ...SHARE, experiences: 450, othersHeld: 29 })).toBe(450 * 2_050);
  });

  it('where other days are answered, with a twentieth of the budget for all such products', () => {
    const single = (othersFailing: number, of = SHARE) => retryMs(1, 'sound', { ...of, othersHeld: 9, othersFailing });
    expect([0, 2].map((others) => single(others))).toEqual([41_000, 41_000]);
    expect(single(2, { ...SHARE, intervalMs: intervalMs(600) })).toBe(10_000);
    const tried = (lastRetryAt: Date | null) => {
      const failure = { kind: 'timeout', detail: 'why', again: true, wasOpen: false, now: at(0), random: 0 } as const;
      const { after } = afterList(failing(1), at(0), LIST, SHARE);
      return afterProductFailure(after, failure, { ...SHARE, othersFailing: 2, lastRetryAt }).retryAt;
    };
    // One after the other; what no rule can have set is not believed.
    expect([null, at(-5_000), at(60_000), at(900_000)].map(tried)).toEqual([41_000, 41_000, 101_000, 123_000].map(at));
  });

  it('where nobody knows yet whether the day or the product fails, with its own share', () => {
    const doubtful = (othersFailing: number) => retryMs(1, 'unconfirmed', { ...SHARE, othersFailing });
    expect([0, 2].map(doubtful)).toEqual([20_500, 30_000]);
  });

  it('after a rest of four times its share of the budget, or of its share where what had failed fails again', () => {
    expect(restMs({ ...SHARE, experiences: 4 }, false)).toBe(32_800);
    expect(restMs({ ...SHARE, experiences: 4 }, true)).toBe(8_200);
    expect(restMs({ ...SHARE, experiences: 450 }, false)).toBe(40_000);
  });

  it('and rests until a list comes, or the longest of its rests is over', () => {
    const failure = { kind: 'timeout', detail: 'why', wasOpen: false, random: 0.5 } as const;
    const first = afterProductFailure(null, { ...failure, again: false, now: at(0) }, SHARE);
    expect(first).toMatchObject({ failures: 1, restUntil: at(40_000) });
    const soon = afterProductFailure(first, { ...failure, again: true, now: at(10_000) }, SHARE);
    expect(soon).toMatchObject({ failures: 1, restUntil: at(40_000) });
    const later = afterProductFailure(soon, { ...failure, again: true, now: at(30_000) }, SHARE);
    expect(later).toMatchObject({ failures: 1, restUntil: at(50_500) });
    expect(afterList(later, at(31_000), LIST, SHARE).after.restUntil).toBeNull();
  });

  it('together with others no oftener than one every ten seconds', () => {
    const fast = { ...SHARE, othersHeld: 2, othersFailing: 9, intervalMs: intervalMs(600) };
    expect(retryMs(1, 'held', fast)).toBe(30_000);
    expect(retryMs(1, 'held', { ...fast, othersHeld: 0 })).toBe(10_000);
  });

  it('ever seldomer, to once an hour, where the supplier says that it is gone', () => {
    expect([1, 2, 3, 7, 20].map((retries) => retryMs(retries, 'absent', SHARE) / MINUTE)).toEqual([1, 2, 4, 60, 60]);
    expect(failing(3, 'gone').retryAt.getTime()).toBeGreaterThan(failing(3).retryAt.getTime());
    // However many dates were not found before.
    const notFound = failing(8, 'not_found');
    expect(notFound).toMatchObject({ held: true, retries: 1 });
    // That may be so for a while only.
    expect(notFound.retryAt.getTime() - notFound.lastFailedAt.getTime()).toBeLessThanOrEqual(40_000);
  });

  it('at some instant that lies no further ahead than told, whatever happens', () => {
    const share = fc.record({
      othersHeld: fc.nat(500),
      othersFailing: fc.nat(500),
      lastRetryAt: fc.option(fc.integer({ min: -1e9, max: 1e9 }).map(at)),
      experiences: fc.integer({ min: 1, max: 2_000 }),
      intervalMs: fc.integer({ min: 10, max: 61_500 }),
    });
    const kind = fc.constantFrom<FailureKind>('gone', 'not_found', 'bad_answer', 'rejected');
    const random = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(share, kind, fc.nat(30), random, fc.constantFrom(1, 3), (of, why, retries, chance, times) => {
        const before = { ...failing(times, why), retries };
        const { retryAt } = afterProductFailure(
          before,
          { kind: why, detail: '', again: times === 1, wasOpen: false, now: at(0), random: chance },
          of,
        );
        expect(retryAt.getTime()).toBeGreaterThan(START);
        expect(retryAt.getTime() - START).toBeLessThanOrEqual(longestRetryMs(of));
      }),
    );
  });
});

describe('when a product answers', () => {
  it('that was held, all its failing days are worth another try', () => {
    const { after, forgive } = afterList(failing(5), at(0), LIST, SHARE);
    expect(forgive).toBe(true);
    expect(after).toMatchObject({ held: false, retries: 0, retryAt: at(0), forgivenAt: at(0) });
  });

  it('for a day that had failed, likewise', () => {
    expect(afterList(failing(1), at(0), { ...LIST, failedBefore: true }, SHARE).forgive).toBe(true);
  });

  it('for another day, though single days fail, those wait on', () => {
    const { after, forgive } = afterList(failing(1), at(0), LIST, SHARE);
    expect(forgive).toBe(false);
    expect(after).toMatchObject({ retries: 1, retryAt: at(41_000) });
  });

  it('again soon after, only a day that had failed tells that the others are well', () => {
    const { after } = afterList(failing(5), at(0), LIST, SHARE);
    const again = failing(3, 'bad_answer', after);
    expect(again.held).toBe(true);
    expect(afterList(again, at(5 * MINUTE), LIST, SHARE).forgive).toBe(false);
    expect(afterList(again, at(5 * MINUTE), { ...LIST, failedBefore: true }, SHARE).forgive).toBe(true);
    expect(afterList(again, at(11 * MINUTE), LIST, SHARE).forgive).toBe(true);
  });
});

describe('a day of which slots could not be read', () => {
  const incomplete = (before: ProductTrouble | null = null) => afterList(before, at(0), INCOMPLETE, SHARE).after;

  it('is tried again like a single day that fails, and concerns no other day', () => {
    expect(incomplete()).toMatchObject({
      ...{
        kind: 'slot_dropped',
        detail: INCOMPLETE.dropped,
        failures: 0,
        held: false,
        restUntil: null,
        answeredAt: at(0),
      },
      ...{ failingSince: at(0), lastFailedAt: at(0), retries: 1, retryAt: at(41_000) },
    });
    const queue = { ...SHARE, othersFailing: 2, lastRetryAt: at(60_000) };
    expect(afterList(null, at(0), INCOMPLETE, queue).after.retryAt).toEqual(at(101_000));
  });

  it('again and again, is told since the first time', () => {
    expect(afterList(incomplete(), at(MINUTE), INCOMPLETE, SHARE).after).toMatchObject({
      failingSince: at(0),
      retries: 2,
    });
  });

  it('ends the hold of its product all the same', () => {
    const { after, forgive } = afterList(failing(5), at(0), INCOMPLETE, SHARE);
    expect(forgive).toBe(true);
    expect(after).toMatchObject({ held: false, failures: 0, kind: 'slot_dropped', retries: 1, retryAt: at(41_000) });
  });

  it('and comes whole has the next one tried soon, and those of others, with a quarter of the requests for all', () => {
    const first = afterList(incomplete(), at(MINUTE), WHOLE, SHARE);
    expect(first).toMatchObject({ ended: true, forgive: false, after: { retries: 1, retryAt: at(MINUTE + 8_200) } });
    const three = afterList(first.after, at(MINUTE + 8_200), WHOLE, { ...SHARE, othersFailing: 2 });
    // Others were tried when the first one ended.
    expect(three).toMatchObject({ ended: false, after: { retryAt: at(MINUTE + 8_200 + 24_600) } });
    const last = afterList(three.after, at(2 * MINUTE), INCOMPLETE, SHARE);
    expect(last.after).toMatchObject({ retries: 2, retryAt: at(2 * MINUTE + 41_000) });
  });

  it('of another day that lists all, waits on', () => {
    expect(afterList(incomplete(), at(1_000), LIST, SHARE).after.retryAt).toEqual(at(41_000));
  });
});
