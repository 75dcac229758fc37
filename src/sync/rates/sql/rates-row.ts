import { fragment } from '../../../prisma/index.js';

/** What was learned of a day's experience, as its row tells it. Counts are those of the instant `countedAt`. */
export interface RatesRow {
  readonly countedAt: Date;
  readonly changesSeen: number;
  readonly changesExpected: number;
  readonly reads: number;
  /** When a price of the experience was last seen changed; null: never. */
  readonly repricedAt: Date | null;
}

/** Its columns, of `experience_rates r` joined from the left: of an experience without a row nothing was learned. */
export const ratesColumns = fragment`
  coalesce(r.as_of, now()) AS "countedAt", coalesce(r.changes_seen, 0) AS "changesSeen",
  coalesce(r.changes_expected, 0) AS "changesExpected", coalesce(r.reads, 0) AS reads, r.repriced_at AS "repricedAt"`;
