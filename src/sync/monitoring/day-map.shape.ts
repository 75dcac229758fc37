import * as s from '../../schema/index.js';

export const MAP_LIMIT = { most: 500, usual: 500 } as const;

const mappedExperience = s.object({
  id: s.experienceId(),
  supplier: s.text('The name of its supplier', 'leap'),
  name: s.orNull(s.text(), undefined, 'Harbour cruise'),
  timeZone: s.text('IANA', 'Asia/Singapore'),
  from: s.date('Today, in its zone', (day) => day.date(0)),
  paused: s.flag(),
  firstMaxAge: s.number('How old its first day may be, seconds: longer once its last slot has started', 3_600),
  ages: s.list(s.orNull(s.integer(undefined, 42)), 'Seconds since each day was confirmed; null: never', [42, null]),
  flags: s.list(
    s.count(),
    'Added up: 1 closed, 2 sold out, 4 the last request failed, 8 a request is under way',
    [0, 8],
  ),
});

const supplierMaxAges = s.object({
  name: s.text(undefined, 'leap'),
  maxAges: s.list(s.number(), 'How old a day may be, seconds, by its place in the window', [900, 14_400]),
});

/** `GET /api/v1/sync/days`: experiences × the dates of the window. */
export const dayMap = s.named(
  'DayMap',
  s.object({
    asOf: s.instant(),
    length: s.count('Dates in each experience’s window', 2),
    promises: s.list(
      s.number(),
      'How old a day may be by SYNC_TIERS, seconds, by its place in the window',
      [900, 14_400],
    ),
    suppliers: s.list(supplierMaxAges, 'The same for the suppliers of these experiences'),
    experiences: s.list(mappedExperience),
    nextAfter: s.orNull(s.experienceId(), 'Send it as `after` for the experiences that follow; null: there are none'),
  }),
);

export type DayMap = s.TypeOf<typeof dayMap>;
export type MappedExperience = s.TypeOf<typeof mappedExperience>;
