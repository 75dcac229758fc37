import type { Feasibility } from '../../../src/sync/fetch/queue.js';
import type { Tiering } from './tally.js';
import { LEADS, type World } from './world.js';

const NEVER = 1e9;
/** No more than two minutes early. */
const MOST_SLACK = 2 / 1_440;
/** How much later the first turn of each further date comes, days; see `deadline.ts`. */
const FIRST_TURN_STEP = 5 / 1_440;
/** Of all days so many are open: closed ones need no promise kept. */
const OPEN_SHARE = 0.75;

/** When the tier's promise of a day breaks, less a part of the age that it allows. Time is days since the start. */
export function promiseOf(date: number, confirmed: number, { maxAge }: Tiering, slack: number): number {
  for (let lead = Math.max(0, date - Math.floor(confirmed)); lead >= 0; lead--) {
    const age = maxAge(lead);
    const breaks = Math.max(date - lead, confirmed + age);
    if (breaks < date - lead + 1) return breaks - Math.min(age * slack, MOST_SLACK);
  }
  return NEVER;
}

/** When a day that was never confirmed has its turn at the latest. */
export function firstTurn(opened: number, date: number): number {
  return opened + (date - Math.floor(opened)) * FIRST_TURN_STEP;
}

interface Budget {
  readonly requestsPerDay: number;
  readonly tiering: Tiering;
  /** Said beforehand, instead of being reckoned. */
  readonly rounds?: boolean;
}

/** What a budget can keep. */
export function feasibility({ experiences }: World, { requestsPerDay, tiering, rounds }: Budget): Feasibility {
  const promised = Array.from({ length: LEADS }, (_, lead) => 1 / tiering.maxAge(lead)).reduce((a, b) => a + b, 0);
  return {
    promises: promised * experiences * OPEN_SHARE <= requestsPerDay,
    rounds: rounds ?? (experiences * LEADS) / 4 <= requestsPerDay / 2,
  };
}
