import type { DayKey } from '../../inventory/index.js';

/** Days that backfills want next. */
export interface BackfillDays {
  readonly days: readonly DayKey[];
  /** They go before the queue; false: after it. */
  readonly first: boolean;
  /** Days confirmed since then are not fetched again. */
  readonly since: Date | null;
}

export const NO_BACKFILL: BackfillDays = { days: [], first: false, since: null };
