import type { Grants } from './pacing.js';

/** How many requests may be sent now. `nextAtMs` and `togetherAtMs`: when to ask for another offer. */
export interface Offer extends Grants {
  readonly now: Date;
  /** The circuit is half-open: the only granted request tests whether the supplier answers again. */
  readonly probe: boolean;
  /** No request may be sent for another reason than the pace: the supplier's wait, its quota, an open circuit. */
  readonly isClosed: boolean;
  /** The supplier gets less than its budget: after refusals, by its quota, or because its answers are unusable. */
  readonly slowed: boolean;
  /** What it gets. */
  readonly requestsPerMinute: number;
  /** A stored instant was impossibly far ahead and was corrected. */
  readonly clamped: boolean;
  /** The next position on the grid after `used` of the grants, epoch milliseconds. */
  gridAtMs(used: number): number;
}

/** What an answer ended. */
export interface Recovery {
  /** The beginning of the outage that it ended: requests that failed since then are worth another try. Null: no outage. */
  readonly recoveredSince: Date | null;
  /** Requests for its product failed before. */
  readonly product: boolean;
  /** Since when the answers for all products were unusable, until this one. Null: they were not. */
  readonly unusableSince: Date | null;
}

/** Where the cause of a failure lies. */
export interface Blame extends Recovery {
  /** The supplier answers other requests, so the cause lies with the product. */
  readonly ofProduct: boolean;
  /** The beginning of the outage that it started: failures since then are not their products' own. Null: no outage. */
  readonly outageSince: Date | null;
  /** One answer after another is unusable, for all products. */
  readonly ofAll: boolean;
}
