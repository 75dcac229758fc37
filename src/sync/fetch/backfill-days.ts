import type { DayKey } from '../../inventory/index.js';

/** Days that backfills ask for. */
export interface BackfillDays {
  readonly days: readonly DayKey[];
  /** They go before the queue, and not behind it. */
  readonly first: boolean;
  /** Days confirmed since then need not be fetched again. */
  readonly since: Date | null;
}

export const NO_BACKFILL: BackfillDays = { days: [], first: false, since: null };
