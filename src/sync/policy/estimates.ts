import { changeCurve, changesBetween, leadOf, rateAt, type ChangeCurve } from './change-curve.js';

/**
 * Rates are learned online. An observation only says changed or not over an irregular exposure, so the count is the
 * expected one given what was seen (the E step of EM for a Gamma–Poisson model): x / (1 − e^(−x)) when changed, x being
 * what the present rate expects, and 0 when not. Counts and exposures fade by 7 % a day.
 */
export interface Counter {
  /** Expected number of events. */
  readonly n: number;
  /** What an average rate would have expected. */
  readonly e: number;
}

/** Of counts and exposures, what is left after a day. */
export const KEPT_PER_DAY = 0.93;

/** How much oftener than on average: one event and one expected one before anything was seen. */
export function multiplierOf({ n, e }: Counter): number {
  return (1 + n) / (1 + e);
}

/** How much oftener an experience is read than the average one: half a read and half an expected one beforehand. */
export function demandOf({ n, e }: Counter): number {
  return (0.5 + n) / (0.5 + e);
}

/** What is learned of all experiences together, by lead. */
export interface LeadCounters {
  /** Changes, and the exposure in activity days weighted by the multipliers of who was exposed. */
  readonly changes: readonly Counter[];
}

/** The prior counts for so much exposure, in activity days. */
const PRIOR_EXPOSURE = 20;

/** The learned curve, shrunk to the prior one. */
export function learnedCurve(prior: readonly number[], seen: readonly Counter[]): ChangeCurve {
  return changeCurve(
    prior.map((rate, lead) => {
      const { n, e } = seen[lead] ?? { n: 0, e: 0 };
      return (rate * PRIOR_EXPOSURE + n) / (PRIOR_EXPOSURE + e);
    }),
  );
}

/** What one confirmation teaches. */
export interface Lesson {
  readonly experience: Counter;
  readonly leads: readonly (Counter & { readonly lead: number })[];
}

/**
 * @param confirmed activity lead of the confirmation before, `now` that of this one
 * @param multiplier of the experience, as it was estimated until now
 */
export function lessonOf(
  curve: ChangeCurve,
  multiplier: number,
  { confirmed, now, changed }: { confirmed: number; now: number; changed: boolean },
): Lesson {
  const expected = changesBetween(curve, confirmed, now);
  const x = multiplier * expected;
  const count = changed && x > 0 ? x / -Math.expm1(-x) : 0;
  const leads = [];
  for (let lead = leadOf(confirmed); lead >= leadOf(now); lead--) {
    const span = Math.min(confirmed, lead) - Math.max(now, lead - 1);
    if (span <= 0) continue;
    const share = expected > 0 ? (span * rateAt(curve, lead)) / expected : 0;
    leads.push({ lead, n: count * share, e: multiplier * span });
  }
  return { experience: { n: count, e: expected }, leads };
}
