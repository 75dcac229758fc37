/** How often a day changes, by lead (days until its date). */
export interface ChangeCurve {
  /** Changes per activity day while the date lies `index` days ahead. */
  readonly perLead: readonly number[];
  /** below[i]: changes expected from activity lead i − 1 down to −1. */
  readonly below: readonly number[];
  /** Observed changes per change expected by the prior. `perLead` already includes it. */
  readonly scale: number;
}

export function changeCurve(perLead: readonly number[], scale = 1): ChangeCurve {
  const below = [0];
  for (const rate of perLead) below.push((below.at(-1) ?? 0) + rate);
  return { perLead, below, scale };
}

/** The lead that an activity lead belongs to: u in (lead − 1, lead]. */
export function leadOf(u: number): number {
  return Math.max(0, Math.ceil(u));
}

/** The rate at a lead; beyond the end of the curve, its last rate. */
export function rateAt({ perLead }: ChangeCurve, lead: number): number {
  return perLead[Math.min(lead, perLead.length - 1)] ?? 0;
}

/** Changes expected from activity lead `u` until the date is over. */
function remaining(curve: ChangeCurve, u: number): number {
  const lead = Math.min(leadOf(u), curve.perLead.length - 1);
  return (curve.below[lead] ?? 0) + rateAt(curve, lead) * (u - (lead - 1));
}

/** Changes expected while the activity lead falls from `from` to `to`. */
export function changesBetween(curve: ChangeCurve, from: number, to: number): number {
  return Math.max(0, remaining(curve, from) - remaining(curve, to));
}

/**
 * The curve before any observation. Each booking is a change. Bookings come as the date approaches: 38 % within 2 days and
 * 52 % within 7 (the sum of two exponentials, of 1.3 and 25 days).
 * @param bookings changes of one day over the whole window
 */
export function priorChangeCurve(leads: number, bookings: number): number[] {
  return Array.from({ length: leads }, (_, lead) => {
    const near = 0.42 * (Math.exp(-lead / 1.3) - Math.exp(-(lead + 1) / 1.3));
    const far = 0.58 * (Math.exp(-lead / 25) - Math.exp(-(lead + 1) / 25));
    return bookings * (near + far);
  });
}
