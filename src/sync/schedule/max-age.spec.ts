import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Tier } from '../../config/index.js';
import { addDays, daysBetween, startOfDate, type LocalDate } from '../../time/index.js';
import { afterLastStart, deadlineOf, firstDueAt, MAX_AGE_LANE_MS, tierOf } from './max-age.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TIERS: readonly Tier[] = [
  { days: 1, maxAgeMs: 15 * MINUTE },
  { days: 7, maxAgeMs: 4 * HOUR },
  { days: 30, maxAgeMs: 24 * HOUR },
];
const ZONE = 'Asia/Singapore';
const DATE = '2026-03-10' as LocalDate;

describe('the tier of a day', () => {
  it.each([
    [0, 15 * MINUTE],
    [1, 4 * HOUR],
    [6, 4 * HOUR],
    [7, 24 * HOUR],
    [29, 24 * HOUR],
    [30, undefined],
    [-1, undefined],
  ])('%d days ahead allows an age of %s ms', (lead, maxAgeMs) => {
    expect(tierOf(lead, TIERS)?.maxAgeMs).toBe(maxAgeMs);
  });
});

describe('a day’s deadline', () => {
  it.each([
    ['today: after its tier’s age', '2026-03-10T04:00Z', '2026-03-10T04:15Z', '2026-03-10T04:13:30Z'],
    [
      'days ahead: after its tier’s age, asked two minutes early',
      '2026-03-05T04:00Z',
      '2026-03-05T08:00Z',
      '2026-03-05T07:58Z',
    ],
    [
      'the evening before: at midnight, when the nearer tier begins',
      '2026-03-09T14:00Z',
      '2026-03-09T16:00Z',
      '2026-03-09T15:58:30Z',
    ],
    [
      'just before midnight: after the nearer tier’s age',
      '2026-03-09T15:59Z',
      '2026-03-09T16:14Z',
      '2026-03-09T16:12:30Z',
    ],
    [
      'beyond the last tier: when the day comes into the window',
      '2026-01-01T04:00Z',
      '2026-02-08T16:00Z',
      '2026-02-08T15:58Z',
    ],
    [
      'near its end: when its date is over, and it is not asked again',
      '2026-03-10T15:50Z',
      '2026-03-10T16:00Z',
      undefined,
    ],
    ['after its date: it was over already', '2026-03-12T00:00Z', '2026-03-10T16:00Z', undefined],
  ])('confirmed %s', (_, confirmedAt, staleAfter, dueAt) => {
    expect(deadlineOf(DATE, new Date(confirmedAt), ZONE, TIERS)).toEqual({
      staleAfter: new Date(staleAfter),
      dueAt: dueAt === undefined ? null : new Date(dueAt),
    });
  });

  it('is within 96 hours where the tier allows more than is left of its date', () => {
    const tiers = [{ days: 14, maxAgeMs: 30 * 24 * HOUR }];
    expect(deadlineOf(DATE, new Date('2026-03-01T04:00Z'), ZONE, tiers)).toEqual({
      staleAfter: new Date('2026-03-10T16:00Z'),
      dueAt: new Date('2026-03-04T18:24Z'),
    });
  });

  it('is asked before the midnight at which a nearer tier would find it too old', () => {
    const tiers = [
      { days: 1, maxAgeMs: MINUTE },
      { days: 7, maxAgeMs: 4 * HOUR },
    ];
    const confirmedAt = new Date('2026-03-09T15:58:59Z');
    expect(deadlineOf(DATE, confirmedAt, ZONE, tiers).dueAt).toEqual(new Date('2026-03-09T15:59:54Z'));
  });
});

/** Clock changes at midnight, at night, of half an hour; the date line; and none. */
const CHANGES: readonly (readonly [string, string])[] = [
  ['Asia/Singapore', '2026-03-10'],
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['America/Sao_Paulo', '2018-02-18'],
  ['Africa/Cairo', '2024-04-26'],
  ['America/Havana', '2024-11-03'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Kiritimati', '2026-03-10'],
  ['Pacific/Pago_Pago', '2026-03-10'],
];

const minutes = (least: number, most: number) => fc.integer({ min: least, max: most }).map((n) => n * MINUTE);

const anyTiers: fc.Arbitrary<Tier[]> = fc
  .array(fc.record({ step: fc.integer({ min: 1, max: 3 }), maxAgeMs: fc.oneof(minutes(1, 90), minutes(1, 3_000)) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((steps) => {
    let days = 0;
    return steps.map(({ step, maxAgeMs }) => ({ days: (days += step), maxAgeMs }));
  });

const anyCase = fc
  .record({
    change: fc.constantFrom(...CHANGES),
    around: fc.integer({ min: -2, max: 3 }),
    tiers: anyTiers,
    ahead: minutes(-600, 9 * 1_440),
  })
  .map(({ change: [zone, day], around, tiers, ahead }) => {
    const date = addDays(day as LocalDate, around);
    return { zone, date, tiers, confirmedAt: new Date(startOfDate(addDays(date, 1), zone).getTime() - ahead) };
  });

describe('whatever the tiers, the zone and its clock changes', () => {
  it('a day is stale from the first minute on at which its age is what the tier of that minute allows', () => {
    fc.assert(
      fc.property(anyCase, ({ zone, date, tiers, confirmedAt }) => {
        const { staleAfter, dueAt } = deadlineOf(date, confirmedAt, zone, tiers);
        const expected = firstStaleMinute(date, confirmedAt, zone, tiers);
        expect(staleAfter.toISOString()).toBe(expected.at.toISOString());
        expect(dueAt === null).toBe(expected.over);
      }),
      { numRuns: 100 },
    );
  });

  it('it is asked again after it was confirmed, before it is stale, and at most two minutes early', () => {
    fc.assert(
      fc.property(anyCase, ({ zone, date, tiers, confirmedAt }) => {
        const { staleAfter, dueAt } = deadlineOf(date, confirmedAt, zone, tiers);
        fc.pre(dueAt !== null);
        expect(dueAt > confirmedAt && dueAt < staleAfter).toBe(true);
        expect(staleAfter.getTime() - dueAt.getTime()).toBeLessThanOrEqual(2 * MINUTE);
      }),
    );
  });
});

describe('the first turns of days that were never asked for', () => {
  it('come nearest date first, all of them at times to come', () => {
    const now = new Date('2026-03-02T04:00:00Z');
    const turns = [0, 1, 2, 60].map((lead) => firstDueAt(now, lead).getTime() - now.getTime());
    expect(turns).toEqual([0, 5 * MINUTE, 10 * MINUTE, 300 * MINUTE]);
  });
});

/** Walks through time minute by minute, with the calendar of Intl; everything here changes on whole minutes. */
function firstStaleMinute(date: LocalDate, confirmedAt: Date, zone: string, tiers: readonly Tier[]) {
  const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  if (calendar.format(confirmedAt) > date) return { at: startOfDate(addDays(date, 1), zone), over: true };
  for (let ms = confirmedAt.getTime(); ; ms += MINUTE) {
    const today = calendar.format(ms) as LocalDate;
    if (today > date) return { at: new Date(ms), over: true };
    const tier = tiers.find(({ days }) => daysBetween(today, date) < days);
    if (tier && ms - confirmedAt.getTime() >= tier.maxAgeMs) return { at: new Date(ms), over: false };
  }
}

describe('a day whose answer was old when it came', () => {
  it('is as stale as it is, but not asked for again at once', () => {
    const askedAt = new Date('2026-03-10T04:00Z');
    const confirmedAt = new Date('2026-03-10T03:40Z');
    expect(deadlineOf(DATE, confirmedAt, ZONE, TIERS, askedAt)).toEqual({
      staleAfter: new Date('2026-03-10T03:55Z'),
      dueAt: new Date('2026-03-10T04:07:30Z'),
    });
  });
});

describe('today after its last start', () => {
  const evening = (confirmed: string, over: string, tiers = TIERS, requested = confirmed) => {
    const [confirmedAt, requestedAt] = [new Date(confirmed), new Date(requested)];
    const day = { date: DATE, confirmedAt, requestedAt, over: new Date(over), zone: ZONE, tiers };
    return afterLastStart(deadlineOf(DATE, confirmedAt, ZONE, tiers, requestedAt), day);
  };

  it('is asked for about once an hour, and stale no sooner', () => {
    expect(evening('2026-03-10T10:00Z', '2026-03-10T09:00Z')).toEqual({
      staleAfter: new Date('2026-03-10T11:00Z'),
      dueAt: new Date('2026-03-10T10:58:30Z'),
    });
  });

  it('is not asked for at once again where its answer was old when it came', () => {
    expect(evening('2026-03-10T10:00Z', '2026-03-10T09:00Z', TIERS, '2026-03-10T11:10Z')).toEqual({
      staleAfter: new Date('2026-03-10T11:00Z'),
      dueAt: new Date('2026-03-10T11:17:30Z'),
    });
  });

  it('keeps its promise until then', () => {
    const before = deadlineOf(DATE, new Date('2026-03-10T08:00Z'), ZONE, TIERS);
    expect(evening('2026-03-10T08:00Z', '2026-03-10T09:00Z')).toEqual(before);
  });

  it('is asked for as often as its tier says where that is seldomer than once an hour', () => {
    const tiers = [{ days: 2, maxAgeMs: 3 * HOUR }];
    expect(evening('2026-03-10T08:00Z', '2026-03-10T07:00Z', tiers).staleAfter).toEqual(new Date('2026-03-10T11:00Z'));
  });

  it('is asked for before it is 96 hours old where its tier allows more, if its last start is later', () => {
    const tiers = [{ days: 30, maxAgeMs: 200 * HOUR }];
    const confirmed = '2026-03-06T09:00Z';
    expect(evening(confirmed, '2026-03-10T09:00Z', tiers)).toEqual({
      staleAfter: new Date('2026-03-10T16:00Z'),
      dueAt: new Date(Date.parse(confirmed) + MAX_AGE_LANE_MS),
    });
    expect(evening(confirmed, '2026-03-09T23:00Z', tiers).dueAt).toBeNull();
  });

  it('is not asked for any more when its date ends first', () => {
    expect(evening('2026-03-10T15:30Z', '2026-03-10T09:00Z')).toEqual({
      staleAfter: new Date('2026-03-10T16:00Z'),
      dueAt: null,
    });
  });
});
