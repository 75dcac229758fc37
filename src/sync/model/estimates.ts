import { changeCurve, leadOf, rateAt, type ChangeCurve } from './change-curve.js';
import { bandOf, BANDS } from './tilt.js';

/**
 * Rates are estimated online. An observation says only whether a day changed over an irregular exposure in which x changes
 * were expected. "Unchanged" counts no change and the whole of x. "Changed" counts q·(1 + x) changes, q = x / (e^x − 1),
 * and the fraction q of x. At the true rate both sides are equal on average, as with the E step of EM (x / (1 − e^(−x))
 * changes in x). But here a change that was certain has no weight, where EM would count its own guess as an observation.
 * Counts and exposures fade by 7 % a day.
 */
export interface Counter {
  /** Expected number of events. */
  readonly n: number;
  /** What an average rate would have expected. */
  readonly e: number;
}

/** The fraction of counts and exposures that remains after a day. */
export const KEPT_PER_DAY = 0.93;

/**
 * How much more often than the average experience this one changes. The prior is one event and one expected event.
 * @param scale the present scale of the curve. Expected changes are counted without it, so they stay valid when it moves.
 */
export function multiplierOf({ n, e }: Counter, scale: number): number {
  return (1 + n) / (1 + scale * e);
}

/** How much more often than the average experience this one is read. The prior is half a read and half an expected read. */
export function demandOf({ n, e }: Counter): number {
  return (0.5 + n) / (0.5 + e);
}

/** The prior weighs half a change for the scale, which may be wrong by orders of magnitude, and four changes for each lead. */
const PRIOR_OF_SCALE = 0.5;
const PRIOR_OF_LEAD = 4;

/**
 * The learned curve. Its scale is estimated first, from all leads together, because a supplier may change a thousand times
 * more often than the prior. Each lead is then shrunk towards the scaled prior.
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

/** What one confirmation adds to the counts. */
export interface Observation {
  /** Expected changes are counted without the scale of the curve. */
  readonly experience: Counter;
  readonly leads: readonly (Counter & { readonly lead: number })[];
  /** Those of the experience by band of leads, see `tilt.ts`. */
  readonly bands: readonly Counter[];
}

/**
 * @param confirmed activity lead of the previous confirmation; `now`: that of this one
 * @param curve that of the average experience
 * @param multiplier of the experience, as estimated before this observation
 * @param tilt its factors by band of leads, likewise
 */
export function observationOf(
  curve: ChangeCurve,
  multiplier: number,
  { confirmed, now, changed }: { confirmed: number; now: number; changed: boolean },
  tilt: readonly number[] = [],
): Observation {
  const parts = partsOf(curve, multiplier, confirmed, now, tilt);
  const x = parts.reduce((sum, part) => sum + part.own, 0);
  const telling = x > 0 ? x / Math.expm1(x) : 1;
  const count = changed && x > 0 ? telling * (1 + x) : 0;
  const kept = changed ? telling : 1;
  const bands = Array.from({ length: BANDS }, () => ({ n: 0, e: 0 }));
  const leads = parts.map(({ lead, band, average, own, exposure }) => {
    const n = x > 0 ? (count * own) / x : 0;
    const { n: seen, e } = bands[band] ?? NOTHING;
    bands[band] = { n: seen + n, e: e + (average / curve.scale) * kept };
    return { lead, n, e: exposure * kept };
  });
  const experience = { n: count, e: bands.reduce((sum, { e }) => sum + e, 0) };
  return { experience, leads, bands };
}

const NOTHING: Counter = { n: 0, e: 0 };

/** The part of an exposure at one lead. */
interface Part {
  readonly lead: number;
  readonly band: number;
  /** Changes expected of the average experience, and of this one. */
  readonly average: number;
  readonly own: number;
  /** Activity days, weighted by how much more often this one changes. */
  readonly exposure: number;
}

function partsOf(
  curve: ChangeCurve,
  multiplier: number,
  confirmed: number,
  now: number,
  tilt: readonly number[],
): readonly Part[] {
  const parts = [];
  for (let lead = leadOf(confirmed); lead >= leadOf(now); lead--) {
    const span = Math.min(confirmed, lead) - Math.max(now, lead - 1);
    if (span <= 0) continue;
    const band = bandOf(lead);
    const exposure = multiplier * (tilt[band] ?? 1) * span;
    const rate = rateAt(curve, lead);
    parts.push({ lead, band, average: span * rate, own: exposure * rate, exposure });
  }
  return parts;
}
