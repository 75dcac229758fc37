import type { DayDifference } from '../../inventory/index.js';
import { changesBetween } from '../model/change-curve.js';
import type { DayRates } from '../model/value-due.js';
import { truthOf, type Exposure, type JudgedReads, type ReadInterval } from './read-truth.js';

/** What may have changed on a day since it was confirmed. */
export interface ExposedDay {
  readonly confirmedAt: Date;
  /** Between which confirmations prices of its experience changed, as far as it is known. */
  readonly repricingStarts: readonly Date[];
  readonly repricingEnds: readonly Date[];
  /** Without slots it has no prices. */
  readonly closed: boolean;
}

/** What may have changed a day. */
export interface DayExposure {
  /** Changes of this day alone, at the learned rates. */
  readonly own: Exposure;
  /** Prices, together with those of other days of its experience; undefined: none of those was seen to change. */
  readonly prices: Exposure | undefined;
}

/**
 * For each time at which prices of its experience changed, the learned probability that its own did too, spread between the two
 * confirmations that showed it.
 * @param leadAt the activity lead at an instant, epoch milliseconds. It falls with time.
 */
export function exposureOf(
  { confirmedAt, repricingStarts, repricingEnds, closed }: ExposedDay,
  { changes, multiplier }: Pick<DayRates, 'changes' | 'multiplier'>,
  staleProbability: number,
  leadAt: (instant: number) => number,
): DayExposure {
  const since = confirmedAt.getTime();
  const confirmed = leadAt(since);
  const own = (lead: number) => multiplier * changesBetween(changes, confirmed, lead);
  const repricing = -Math.log1p(-staleProbability);
  const repricings = repricingEnds
    .map((end, i) => ({ start: (repricingStarts[i] ?? end).getTime(), end: end.getTime() }))
    .filter(({ end }) => end > since)
    .map(({ start, end }) => ({ from: leadAt(start), to: leadAt(end) }));
  if (closed || repricing === 0 || repricings.length === 0) return { own, prices: undefined };
  const prices = (lead: number) =>
    repricing * repricings.reduce((sum, span) => sum + partBetween(span, confirmed, lead), 0);
  return { own, prices };
}

/** How many of the reads saw the truth, by what the confirmation found. */
export function judgedReads(
  interval: Omit<ReadInterval, 'changed'>,
  exposure: DayExposure,
  found: DayDifference,
): JudgedReads {
  const { own, prices } = exposure;
  const any = prices ? (lead: number) => own(lead) + prices(lead) : own;
  // The prices of other days explain nothing but prices.
  return truthOf({ ...interval, changed: found.prices || found.rest }, any, found.prices ? any : own);
}

/** How much of a span lies between two leads. A span without length lies at its end. */
function partBetween(
  { from, to }: { readonly from: number; readonly to: number },
  first: number,
  last: number,
): number {
  if (from <= to) return last < to ? 1 : 0;
  return Math.max(0, Math.min(from, first) - Math.max(to, last)) / (from - to);
}
