import * as s from '../../schema/index.js';

/**
 * `running`: it goes on; `done`: every day was answered; `incomplete`: some failed; `paused`, `refused`, `outage`: it ended
 * early, because the sync is paused, the supplier refuses for long, or does not answer; `stopped`: the server stopped.
 */
const BACKFILL_STATES = ['running', 'done', 'incomplete', 'paused', 'refused', 'outage', 'stopped'] as const;

/** What a backfill has done so far. */
export const backfill = s.named(
  'Backfill',
  s.object({
    state: s.oneOf(BACKFILL_STATES, undefined, 'done'),
    days: s.count('Days that were to be fetched', 61),
    confirmed: s.count(undefined, 61),
    changed: s.count('Of those confirmed', 3),
    unchanged: s.count('Of those confirmed', 58),
    failed: s.count(),
    left: s.count(),
    startedAt: s.instant(),
    finishedAt: s.orNull(s.instant(), 'Null: it goes on', (day) => day.at(2)),
  }),
);

export type BackfillState = (typeof BACKFILL_STATES)[number];
export type BackfillReport = s.TypeOf<typeof backfill>;
