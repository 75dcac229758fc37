import type { Grants } from './pacing.js';

/** How many requests may be sent now. `nextAtMs`: when it is worth asking for another offer. */
export interface Offer extends Grants {
  readonly now: Date;
  /** The circuit is half-open: the one request that is granted tells whether the supplier answers again. */
  readonly probe: boolean;
  /** What was stored lay further ahead than anything sets it, and was set right. */
  readonly clamped: boolean;
  /** The next place on the grid after `used` of them, epoch milliseconds. */
  gridAtMs(used: number): number;
}

/** What an answer showed. */
export interface Recovery {
  /** It ended an outage: requests failed since then that are worth another try now. Null: it did not. */
  readonly recoveredSince: Date | null;
  /** Requests for its product failed before. */
  readonly product: boolean;
  /** Since when the answers for all products were of no use until now. Null: they were not. */
  readonly unusableSince: Date | null;
}

/** What a failure showed. */
export interface Blame extends Recovery {
  /** Others are answered, so that the trouble is its product's. */
  readonly ofProduct: boolean;
  /** It began an outage: failures since then were the supplier's trouble too, and not their products'. Null: it did not. */
  readonly outageSince: Date | null;
  /** Answer after answer is of no use, for all products. */
  readonly ofAll: boolean;
}
