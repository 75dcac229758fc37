import type { Feasibility } from '../capacity/capacity-plan.js';
import { waited } from '../model/interval-class.js';
import type { Lane } from '../schedule/sql/find-candidates.js';

export interface Candidate {
  readonly lane: Lane;
  /** Within its lane, greater goes first. */
  readonly rank: number;
  /** It was never confirmed. */
  readonly unasked?: boolean;
  /** The same day may stand in several lanes; it is chosen once. */
  readonly id?: string;
}

/** Which part of the requests a lane may take at most while others have candidates. */
export type Shares = Readonly<Record<Exclude<Lane, 'value'>, number>>;

/** What each lane has not used of its share yet, in requests; at most a few, so that a quiet lane can't save up. */
export type Credits = Readonly<Record<keyof Shares | 'again', number>>;

export const NO_CREDIT: Credits = { max_age: 0, demand: 0, probe: 0, retry: 0, due: 0, again: 0 };
const MOST_CREDIT = 3;
/** In order of precedence. */
const CAPPED = ['max_age', 'demand', 'probe', 'retry', 'due'] as const;

/** Retries may take a quarter: days of a product that fails for good must not crowd out those that answer. */
const RETRY_SHARE = 0.25;
/** Products that fail are tried no oftener than their share of the budget allows, see `product-trouble.ts`: that is cap enough. */
const PROBE_SHARE = 1;
/** Promises that can't all be kept may take a tenth: the more they take, the less goes where readers are. */
const DUE_SHARE = 0.1;

/** Where a round of all days in 96 hours takes more than half of the budget, the max-age lane may take a twentieth. */
const MAX_AGE_SHARE = 0.05;

/** While the mirror fills, such a part is asked for again all the same: how lively the supplier is shows nowhere else. */
const AGAIN_SHARE = 0.05;

/**
 * Promises that can be kept go first, without a cap: that costs nothing. Those that can't all be kept share a part.
 * @param demand the share that readers may call for
 */
export function sharesOf({ maxAges, rounds }: Feasibility, demand: number): Shares {
  return {
    max_age: rounds ? 1 : MAX_AGE_SHARE,
    demand,
    probe: PROBE_SHARE,
    retry: RETRY_SHARE,
    due: maxAges ? 1 : DUE_SHARE,
  };
}

/** Chooses the next `count` days: lanes in order while they have credit, the rest by value. */
export function chooseNext<T extends Candidate>(
  candidates: readonly T[],
  count: number,
  shares: Shares,
  credits: Credits,
): { readonly chosen: readonly T[]; readonly credits: Credits } {
  const lanes = new Map<Lane, T[]>();
  for (const candidate of [...candidates].sort((a, b) => a.rank - b.rank)) {
    const lane = lanes.get(candidate.lane);
    if (lane) lane.push(candidate);
    else lanes.set(candidate.lane, [candidate]);
  }
  const left = { ...credits };
  const chosen: T[] = [];
  while (chosen.length < count) {
    for (const lane of CAPPED) left[lane] = Math.min(MOST_CREDIT, left[lane] + shares[lane]);
    left.again = Math.min(MOST_CREDIT, left.again + AGAIN_SHARE);
    const next = takeNext(lanes, left);
    if (!next) break;
    chosen.push(next);
    if (next.id === undefined) continue;
    for (const [lane, waiting] of lanes)
      lanes.set(
        lane,
        waiting.filter(({ id }) => id !== next.id),
      );
  }
  return { chosen, credits: left };
}

function takeNext<T extends Candidate>(lanes: Map<Lane, T[]>, left: Record<keyof Credits, number>): T | undefined {
  for (const lane of CAPPED) {
    if (left[lane] < 1) continue;
    const next = lanes.get(lane)?.pop();
    if (!next) continue;
    left[lane]--;
    return next;
  }
  // Nobody else wants the request: a share is a cap only while there is competition.
  return (
    takeByValue(lanes.get('value') ?? [], left) ??
    CAPPED.map((lane) => lanes.get(lane))
      .find((lane) => lane?.length)
      ?.pop()
  );
}

/** The most valuable, or in its turn the most valuable of those that were confirmed before. */
function takeByValue<T extends Candidate>(byValue: T[], left: Record<keyof Credits, number>): T | undefined {
  const again = byValue.at(-1)?.unasked && left.again >= 1 ? byValue.findLastIndex((one) => !one.unasked) : -1;
  if (again < 0) return byValue.pop();
  left.again--;
  return byValue.splice(again, 1)[0];
}

/** The rank of a day in the value lane: the part of its term that it has waited, or the root of V/λ for surely stale ones. */
export function valueRank(
  day: { readonly confirmedAt: number | null; readonly dueAt: number; readonly relativeValue: number | null },
  now: number,
): number {
  if (day.relativeValue !== null) return Math.sqrt(day.relativeValue);
  return day.confirmedAt === null ? Infinity : waited(day.confirmedAt, day.dueAt, now);
}
