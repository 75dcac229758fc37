import * as s from '../../schema/index.js';

/**
 * `running`: it goes on; `done`: every day was answered; `incomplete`: some failed, or their supplier was left out; `paused`, `refused`, `outage`: it ended
 * early, because the sync is paused, the supplier refuses for long, or does not answer; `cancelled`: by an admin; `stopped`:
 * its process ended.
 */
const BACKFILL_STATES = [
  'running',
  'done',
  'incomplete',
  'paused',
  'refused',
  'outage',
  'cancelled',
  'stopped',
] as const;

export const BACKFILLS_LIMIT = { most: 100, usual: 20 } as const;
/** So many failed days are named. */
export const MOST_FAILURES = 20;

const ID = '5b6c1f0e-3f5d-4c1b-9a53-0a4f2d1c7e88';
export const backfillId = s.text('UUID', ID);

/** Why nothing of a supplier is fetched for a long time. */
const VAIN_STATES = ['paused', 'refused', 'outage'] as const;

const leftOut = s.object({
  supplier: s.text(undefined, 'leap'),
  state: s.oneOf(VAIN_STATES, undefined, 'outage'),
});

const progress = s.object({
  state: s.oneOf(BACKFILL_STATES, undefined, 'done'),
  days: s.count('Days that were to be fetched', 61),
  confirmed: s.count(undefined, 61),
  changed: s.count('Of those confirmed', 3),
  unchanged: s.count('Of those confirmed', 58),
  failed: s.count(),
  left: s.count(
    'Not requested so far; when it is over: fetched by something else meanwhile, mirrored no more, or never requested',
  ),
  leftOut: s.list(leftOut, 'Suppliers whose remaining days were not waited for', []),
  startedAt: s.instant(),
  finishedAt: s.orNull(s.instant(), 'Null: it goes on', (day) => day.at(2)),
});

const failedDay = s.object({
  experienceId: s.experienceId(),
  date: s.date(),
  error: s.orNull(s.text(), 'Why, where the supplier said so in its own words; null: it does not fail any more'),
});

/** What a backfill has done so far. */
export const backfill = s.named(
  'Backfill',
  s.object({
    id: backfillId,
    ...progress.properties,
    experiences: s.orNull(s.list(s.experienceId()), 'Null: all that are not paused', [15]),
    date: s.orNull(s.date(), 'The only date; null: from today on'),
    startedBy: s.text('The name of the admin key', 'alice'),
    failures: s.list(failedDay, `The first of the failed days, at most ${MOST_FAILURES}`, []),
  }),
);

export const backfillList = s.named('BackfillList', s.object({ backfills: s.list(backfill, 'Newest first') }));

export type VainState = (typeof VAIN_STATES)[number];
export type BackfillState = (typeof BACKFILL_STATES)[number];
export type BackfillProgress = s.TypeOf<typeof progress>;
export type FailedDay = s.TypeOf<typeof failedDay>;
export type BackfillReport = s.TypeOf<typeof backfill>;
export type BackfillList = s.TypeOf<typeof backfillList>;
