import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../../test/setup/test-clock.js';
import { readSettings } from '../../config/index.js';
import type { LocalDate } from '../../time/index.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { SupplierTiers } from '../window/supplier-tiers.js';
import { DueTimes } from './due-times.js';

/** In Singapore, the default zone, it is 10:00 on the 2nd; in Pago Pago 15:00 on the 1st. */
const NOW = '2026-03-02T02:00:00.000Z';
const TODAY = '2026-03-02' as LocalDate;
const PAGO = 'Pacific/Pago_Pago';

function deadlines({
  now = NOW,
  random = 0,
  env = {},
}: { now?: string; random?: number; env?: Record<string, string> } = {}) {
  const { mirror, suppliers } = readSettings({ TICKETE_API_KEY: 'key', SYNC_TIERS: '1:15m,3:4h', ...env });
  const clock = new TestClock(now);
  return new DueTimes(
    mirror,
    new SupplierTiers(suppliers, mirror),
    new MirrorWindow(mirror, clock),
    clock,
    () => random,
  );
}

function day(date: string, timeZone: string | null = null) {
  return { supplier: 'leap', experienceId: 14, date: date as LocalDate, timeZone };
}

describe('days that come into the window', () => {
  it('get a first due time each, the nearest first', () => {
    expect(deadlines().openings(null, TODAY)).toEqual([
      { date: '2026-03-02', dueAt: new Date('2026-03-02T02:00:00Z') },
      { date: '2026-03-03', dueAt: new Date('2026-03-02T02:05:00Z') },
      { date: '2026-03-04', dueAt: new Date('2026-03-02T02:10:00Z') },
    ]);
  });

  it('are those from a date on, none before today, and none when all are there', () => {
    const dates = (from: string) =>
      deadlines()
        .openings(null, from as LocalDate)
        .map(({ date }) => date);
    expect(dates('2026-03-04')).toEqual(['2026-03-04']);
    expect(dates('2026-03-05')).toEqual([]);
    expect(dates('2020-01-01')).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
  });
});

describe('after an answer that was older than the stored one', () => {
  it.each([
    ['a minute', 10, 60],
    ['half of what it is behind', 10 * 60, 5 * 60],
    ['a quarter of an hour at most', 20 * 3_600, 15 * 60],
  ])('a day is fetched again after %s', (_, behind, seconds) => {
    const dueAt = deadlines().afterOlder(day('2026-03-04'), behind * 1_000);
    expect(dueAt).toEqual(new Date(Date.parse(NOW) + seconds * 1_000));
  });
});

describe('after a confirmation', () => {
  it('the deadline is that of the tiers in the day’s own zone', () => {
    const confirmedAt = new Date(NOW);
    expect(deadlines().afterConfirmation(day(TODAY), confirmedAt).staleAfter).toEqual(new Date('2026-03-02T02:15:00Z'));
    // There it is still tomorrow's date.
    expect(deadlines().afterConfirmation(day(TODAY, PAGO), confirmedAt).staleAfter).toEqual(
      new Date('2026-03-02T06:00:00Z'),
    );
  });
});

describe('after the last start of today', () => {
  it('it is asked for seldomer than promised, but not never', () => {
    // 10:00 there, and nobody can book it from 09:00 on.
    const { dueAt, staleAfter } = deadlines().afterConfirmation(day(TODAY), new Date(NOW), '09:00');
    expect(staleAfter).toEqual(new Date('2026-03-02T03:00:00Z'));
    expect(dueAt).toEqual(new Date('2026-03-02T02:58:30Z'));
  });
});

describe('after a failure', () => {
  it('the day is left alone for longer and longer, by chance more or less', () => {
    const retries = [1, 2, 3].map((failures) => deadlines().afterFailure(day(TODAY), failures)?.toISOString());
    expect(retries).toEqual(['2026-03-02T02:00:05.000Z', '2026-03-02T02:00:10.000Z', '2026-03-02T02:00:20.000Z']);
    expect(deadlines({ random: 0.5 }).afterFailure(day(TODAY), 1)).toEqual(new Date('2026-03-02T02:00:07.500Z'));
  });

  it('it is not asked for again once its date would be over, where it is', () => {
    const late = { now: '2026-03-02T15:59:56.000Z' };
    expect(deadlines(late).afterFailure(day(TODAY), 1)).toBeNull();
    expect(deadlines(late).afterFailure(day(TODAY, PAGO), 1)).not.toBeNull();
    expect(deadlines({ now: '2026-03-02T15:59:55.000Z' }).afterFailure(day(TODAY), 1)).toBeNull();
    expect(deadlines({ now: '2026-03-02T15:59:54.999Z' }).afterFailure(day(TODAY), 1)).not.toBeNull();
  });
});

describe('after an empty answer that is not believed', () => {
  it('the day is asked for again after five seconds, unless its date is over then', () => {
    expect(deadlines().afterUnconfirmedEmpty(day(TODAY), null)).toEqual(new Date('2026-03-02T02:00:05Z'));
    expect(deadlines({ now: '2026-03-02T15:59:55.000Z' }).afterUnconfirmedEmpty(day(TODAY), null)).toBeNull();
  });

  it('a cache that repeats it is asked less and less often', () => {
    const firstAt = new Date('2026-03-02T01:59:00Z');
    expect(deadlines().afterUnconfirmedEmpty(day(TODAY), firstAt)).toEqual(new Date('2026-03-02T02:00:30Z'));
    const longAgo = new Date('2026-03-01T20:00:00Z');
    expect(deadlines().afterUnconfirmedEmpty(day(TODAY), longAgo)).toEqual(new Date('2026-03-02T02:07:30Z'));
  });
});

describe('when the settings changed', () => {
  it('that is seen by a key, which other settings do not change', () => {
    const { key } = deadlines();
    expect(deadlines({ now: '2027-01-01T00:00:00Z', env: { RETENTION_DAYS: '9', PORT: '1' } }).key).toBe(key);
    expect(deadlines({ env: { SYNC_TIERS: '1:15m,3:240m' } }).key).toBe(key);
    expect(deadlines({ env: { SYNC_TIERS: '1:16m,3:4h' } }).key).not.toBe(key);
    expect(deadlines({ env: { SYNC_TIERS: '1:15m,4:4h' } }).key).not.toBe(key);
    expect(deadlines({ env: { DEFAULT_TIME_ZONE: PAGO } }).key).not.toBe(key);
  });

  it('a confirmed day gets the deadline that follows from its confirmation', () => {
    const confirmedAt = new Date('2026-03-01T22:00:00Z');
    expect(deadlines().replanned({ ...day('2026-03-03'), confirmedAt })).toEqual({
      staleAfter: new Date('2026-03-02T02:00:00Z'),
      dueAt: new Date('2026-03-02T01:58:00Z'),
    });
  });

  it('a day that was never confirmed gets its first turn', () => {
    expect(deadlines().replanned({ ...day('2026-03-03'), confirmedAt: null })).toEqual({
      staleAfter: null,
      dueAt: new Date('2026-03-02T02:05:00Z'),
    });
  });

  it.each(['2026-03-01', '2026-03-05', '2027-01-01'])(
    '%s, outside of the window and never fetched, is not asked for',
    (date) => {
      expect(deadlines().replanned({ ...day(date), confirmedAt: null }).dueAt).toBeNull();
    },
  );

  it('a confirmed day that is past is asked for no more', () => {
    const confirmedAt = new Date('2026-02-20T00:00:00Z');
    expect(deadlines().replanned({ ...day('2026-03-01'), confirmedAt }).dueAt).toBeNull();
  });

  it('a confirmed day beyond a window that became smaller has its turn when it comes in', () => {
    const confirmedAt = new Date('2026-02-20T00:00:00Z');
    const { dueAt } = deadlines().replanned({ ...day('2026-03-05'), confirmedAt });
    expect(dueAt).toEqual(new Date('2026-03-02T15:58:00Z'));
  });

  it('a day within the window of its own zone is asked for', () => {
    expect(deadlines().replanned({ ...day('2026-03-01', PAGO), confirmedAt: null }).dueAt).not.toBeNull();
  });
});
