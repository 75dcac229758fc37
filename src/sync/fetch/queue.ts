import type { Feasibility } from '../capacity/capacity-plan.js';
import { waited } from '../model/interval-class.js';
import type { Lane } from '../schedule/sql/find-candidates.js';

export interface Candidate {
  readonly lane: Lane;
  /** Within its lane, greater goes first. */
  readonly rank: number;
  /** It was never confirmed. */
  readonly neverConfirmed?: boolean;
  /** Identifies the day, which may be in several lanes but is chosen once. */
  readonly id?: string;
}

/** The most that a lane may take of the requests (0 … 1) while other lanes have candidates. `first`: see `FIRST_SHARE`. */
export type Shares = Readonly<Record<Exclude<Lane, 'value'> | 'first', number>>;

/** The unused share of each lane, in requests. It is limited to a few, so that a quiet lane can't save up. */
export type Credits = Readonly<Record<keyof Shares | 'again', number>>;

export const NO_CREDIT: Credits = { max_age: 0, demand: 0, hint: 0, probe: 0, retry: 0, due: 0, again: 0, first: 0 };
const MOST_CREDIT = 3;
/** In order of precedence. */
const CAPPED = ['max_age', 'demand', 'hint', 'probe', 'retry', 'due'] as const;

/** Retries may take a quarter, so that products that keep failing do not crowd out those that answer. */
const RETRY_SHARE = 0.25;
/** No cap here: the tries of failing products are already limited to their share of the budget, see `product-trouble.ts`. */
const PROBE_SHARE = 1;
/** Hints may take half: a supplier that sends them for everything must not decide alone what is fetched. */
const HINT_SHARE = 0.5;
/** If the budget cannot keep all max ages, overdue days may take a twentieth, see `candidatesOf`. The rest goes by value. */
const DUE_SHARE = 0.05;

/** If fetching every day in 96 hours takes more than half of the budget, the max-age lane may take a twentieth. */
const MAX_AGE_SHARE = 0.05;

/** The share of requests for known days while the mirror fills. Only these show how often the supplier's data change. */
const AGAIN_SHARE = 0.05;

/**
 * The share of requests for days that were never fetched while known days are worth more. Days that are probably stale may be worth more
 * all the time. A budget that cannot keep all max ages leaves out what is not worth a request.
 */
const FIRST_SHARE = 0.1;

/**
 * If the budget can keep all max ages, these go first without a cap, at no cost to others. Otherwise their share is limited.
 * @param demand the share of demand
 */
export function sharesOf({ maxAges, rounds }: Feasibility, demand: number): Shares {
  return {
    max_age: rounds ? 1 : MAX_AGE_SHARE,
    demand,
    hint: HINT_SHARE,
    probe: PROBE_SHARE,
    retry: RETRY_SHARE,
    due: maxAges ? 1 : DUE_SHARE,
    first: maxAges ? FIRST_SHARE : 0,
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
    left.first = Math.min(MOST_CREDIT, left.first + shares.first);
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
  // No lane with credit has a candidate. A share is a cap only while lanes compete.
  return (
    takeByValue(lanes.get('value') ?? [], left) ??
    CAPPED.map((lane) => lanes.get(lane))
      .find((lane) => lane?.length)
      ?.pop()
  );
}

/**
 * Takes the highest rank. If that day was never fetched and `again` has credit, it takes the best day that was fetched before instead;
 * if it was, and `first` has credit, the best one that never was.
 */
function takeByValue<T extends Candidate>(byValue: T[], left: Record<keyof Credits, number>): T | undefined {
  const isFirst = byValue.at(-1)?.neverConfirmed === true;
  const others = isFirst ? 'again' : 'first';
  const at = left[others] >= 1 ? byValue.findLastIndex((one) => (one.neverConfirmed === true) !== isFirst) : -1;
  if (at < 0) return byValue.pop();
  left[others]--;
  return byValue.splice(at, 1)[0];
}

/** The rank of a day in the value lane: the waited fraction of its refresh interval, or √(V/λ) with a stale probability. */
export function valueRank(
  day: { readonly confirmedAt: number | null; readonly dueAt: number; readonly relativeValue: number | null },
  now: number,
): number {
  if (day.relativeValue !== null) return Math.sqrt(day.relativeValue);
  return day.confirmedAt === null ? Infinity : waited(day.confirmedAt, day.dueAt, now);
}
