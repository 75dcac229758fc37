import { fragment } from '../../../prisma/index.js';

/** What was learned about the experience of a day. Counts are as of the instant `countedAt`. */
export interface RatesRow {
  readonly countedAt: Date;
  readonly changesSeen: number;
  readonly changesExpected: number;
  readonly reads: number;
  /** When a price change of the experience was last observed; null: never. */
  readonly repricedAt: Date | null;
}

/** The columns of `experience_rates r`, left-joined: an experience without a row has no observations. */
export const ratesColumns = fragment`
  coalesce(r.as_of, now()) AS "countedAt", coalesce(r.changes_seen, 0) AS "changesSeen",
  coalesce(r.changes_expected, 0) AS "changesExpected", coalesce(r.reads, 0) AS reads, r.repriced_at AS "repricedAt"`;
