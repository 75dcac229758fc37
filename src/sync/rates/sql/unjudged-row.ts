import { fragment } from '../../../prisma/index.js';

/** Reads of a day since its last confirmation, and what may have changed meanwhile. */
export interface UnjudgedRow {
  readonly unjudged: number;
  /** How many seconds before 00:00 UTC of the date they were, added up. */
  readonly unjudgedAhead: number;
  /** Reads of calendars of its experience so far. */
  readonly calendars: number;
  /** The same at the last confirmation; null: not noted. */
  readonly calendarsBefore: number | null;
  /** Between which confirmations prices of its experience changed: the last times, in order. */
  readonly repricingStarts: readonly Date[];
  readonly repricingEnds: readonly Date[];
}

/** The columns of `day_reads n` and `experience_rates r`, left-joined. */
export const unjudgedColumns = fragment`
  coalesce(n.unjudged, 0) AS unjudged, coalesce(n.unjudged_ahead, 0) AS "unjudgedAhead",
  coalesce(r.calendars, 0) AS calendars, n.calendars_before AS "calendarsBefore",
  coalesce(r.repricing_starts, '{}') AS "repricingStarts", coalesce(r.repricing_ends, '{}') AS "repricingEnds"`;
