import { fragment } from '../../../prisma/index.js';

/** What was learned about the experience of a day. Counts are as of the instant `countedAt`. */
export interface RatesRow {
  readonly countedAt: Date;
  readonly changesSeen: number;
  readonly changesExpected: number;
  readonly reads: number;
  readonly calendarReads: number;
  /** By band of leads, see `model/tilt.ts`. */
  readonly bandChangesSeen: readonly number[];
  readonly bandChangesExpected: readonly number[];
  readonly bandReads: readonly number[];
  /** When a price change of the experience was last observed; null: never. */
  readonly repricedAt: Date | null;
}

/** The counted reads of a day itself. */
export interface DateReadsRow {
  readonly dateReads: number;
  /** The instant as of which they were faded. */
  readonly dateReadsAt: Date;
}

/** The columns of `day_reads n`, left-joined. */
export const dateReadsColumns = fragment`coalesce(n.reads, 0) AS "dateReads", coalesce(n.as_of, now()) AS "dateReadsAt"`;

/** The columns of `experience_rates r`, left-joined: an experience without a row has no observations. */
export const ratesColumns = fragment`
  coalesce(r.as_of, now()) AS "countedAt", coalesce(r.changes_seen, 0) AS "changesSeen",
  coalesce(r.changes_expected, 0) AS "changesExpected", coalesce(r.reads, 0) AS reads,
  coalesce(r.calendar_reads, 0) AS "calendarReads", coalesce(r.band_changes_seen, '{}') AS "bandChangesSeen",
  coalesce(r.band_changes_expected, '{}') AS "bandChangesExpected", coalesce(r.band_reads, '{}') AS "bandReads", r.repriced_at AS "repricedAt"`;
