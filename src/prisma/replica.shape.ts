import * as s from '../schema/index.js';

/**
 * - `unchecked`: not asked yet, or not since something happened that it may not know of
 * - `serving`: it has all that was written a moment ago
 * - `behind`: it lacks some of that
 * - `not_standby`: it follows no other: it was promoted, or never was a standby
 * - `other_database`: it follows another database than `DATABASE_URL`, or an older history of it
 * - `unreachable`: it does not answer
 */
export const STANDBY_STATES = [
  'unchecked',
  'serving',
  'behind',
  'not_standby',
  'other_database',
  'unreachable',
] as const;
export type StandbyState = (typeof STANDBY_STATES)[number];

/** Whether `DATABASE_REPLICA_URL` can serve reads now, as this process sees it. */
export const replica = s.named(
  'ReadReplica',
  s.object({
    state: s.oneOf(STANDBY_STATES, 'Reads go there while it is `serving`'),
    since: s.instant('When this state began'),
    lagSeconds: s.orNull(s.number(), 'How long ago the primary wrote what the replica lacks; null: unknown'),
    text: s.orNull(s.text(), 'Why no reads go there, and what to do; null: they do'),
  }),
);

export type ReplicaReport = s.TypeOf<typeof replica>;
