import { changeCurve, changesBetween, leadOf, rateAt, type ChangeCurve } from './change-curve.js';

/**
 * Rates are learned online. An observation only says changed or not over an irregular exposure, of which x changes were
 * expected. Unchanged counts no change and all of x. Changed counts q·(1 + x) changes, q = x / (e^x − 1), and the part q
 * of x: at the true rate both sides are even on average, as with the E step of EM (x / (1 − e^(−x)) changes of x), but
 * a change that was sure to come teaches nothing here, where EM would take its own guess for an observation.
 * Counts and exposures fade by 7 % a day.
 */
export interface Counter {
  /** Expected number of events. */
  readonly n: number;
  /** What an average rate would have expected. */
  readonly e: number;
}

/** Of counts and exposures, what is left after a day. */
export const KEPT_PER_DAY = 0.93;

/**
 * How much oftener than on average: one event and one expected one before anything was seen.
 * @param scale of the curve now: what is expected is counted without it, so that it stays right when the scale moves
 */
export function multiplierOf({ n, e }: Counter, scale: number): number {
  return (1 + n) / (1 + scale * e);
}

/** How much oftener an experience is read than the average one: half a read and half an expected one beforehand. */
export function demandOf({ n, e }: Counter): number {
  return (0.5 + n) / (0.5 + e);
}

/** The prior counts for half a change as to the scale, which may be off by orders of magnitude, and for four of each lead. */
const PRIOR_OF_SCALE = 0.5;
const PRIOR_OF_LEAD = 4;

/**
 * The learned curve. Its scale is learned first, of all leads together, for a supplier may be a thousand times livelier
 * than the prior; each lead is then shrunk to the scaled prior.
 */
export function learnedCurve(prior: readonly number[], seen: readonly Counter[]): ChangeCurve {
  let changes = PRIOR_OF_SCALE;
  let expected = PRIOR_OF_SCALE;
  prior.forEach((rate, lead) => {
    changes += seen[lead]?.n ?? 0;
    expected += rate * (seen[lead]?.e ?? 0);
  });
  const scale = changes / expected;
  const perLead = prior.map((rate, lead) => {
    const { n, e } = seen[lead] ?? { n: 0, e: 0 };
    return (scale * rate * (PRIOR_OF_LEAD + n)) / (PRIOR_OF_LEAD + scale * rate * e);
  });
  return changeCurve(perLead, scale);
}

/** What one confirmation teaches. */
export interface Observation {
  /** What is expected is counted without the scale of the curve. */
  readonly experience: Counter;
  readonly leads: readonly (Counter & { readonly lead: number })[];
}

/**
 * @param confirmed activity lead of the confirmation before, `now` that of this one
 * @param multiplier of the experience, as it was estimated until now
 */
export function observationOf(
  curve: ChangeCurve,
  multiplier: number,
  { confirmed, now, changed }: { confirmed: number; now: number; changed: boolean },
): Observation {
  const expected = changesBetween(curve, confirmed, now);
  const x = multiplier * expected;
  const telling = x > 0 ? x / Math.expm1(x) : 1;
  const count = changed && x > 0 ? telling * (1 + x) : 0;
  const part = changed ? telling : 1;
  const leads = [];
  for (let lead = leadOf(confirmed); lead >= leadOf(now); lead--) {
    const span = Math.min(confirmed, lead) - Math.max(now, lead - 1);
    if (span <= 0) continue;
    const share = expected > 0 ? (span * rateAt(curve, lead)) / expected : 0;
    leads.push({ lead, n: count * share, e: multiplier * span * part });
  }
  return { experience: { n: count, e: (expected / curve.scale) * part }, leads };
}
