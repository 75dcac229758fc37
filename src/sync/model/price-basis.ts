/** The beliefs that a shadow price was computed by, which move it most. */
export interface PriceBasis {
  /** Of the change curve. */
  readonly scale: number;
  /** Reads of an average day, per day of time. */
  readonly readsPerDay: number;
}

/** By less than this a price is not computed anew before its time. */
const FAR = 1.5;

/** Whether a price is out of date, however young it is: the first reads came, or changes turned out far more or less frequent. */
export function hasMoved(before: PriceBasis, now: PriceBasis): boolean {
  return isFar(before.scale, now.scale) || isFar(before.readsPerDay, now.readsPerDay);
}

function isFar(before: number, now: number): boolean {
  return before !== now && Math.max(before, now) > FAR * Math.min(before, now);
}
