import type { DayKey } from '../inventory/index.js';

/** What became of a request: `paused`, nothing is fetched now; `unknown`, the experience is not in the catalogue. */
export type RequestOutcome = 'requested' | 'paused' | 'unknown';

/**
 * Where reads request days from the supplier. The sync implements it and decides when to fetch; reads know no more of the
 * sync than this.
 */
export abstract class DayRequests {
  /** @param requestedSince a request made since then is still young, and is not made again */
  abstract request(key: DayKey, requestedSince: Date): Promise<RequestOutcome>;
}
