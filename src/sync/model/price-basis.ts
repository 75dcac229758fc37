import type { RateModel } from './rate-model.js';

/** The estimates that move a shadow price most, as they were when it was computed. */
export interface PriceBasis {
  /** Of the change curve. */
  readonly scale: number;
  /** Reads of an average day, per day of time. */
  readonly readsPerDay: number;
}

/** Nothing was changed or read so far. */
export const UNKNOWN_BASIS: PriceBasis = { scale: 1, readsPerDay: 0 };

export function basisOf({ changes, readsPerDay }: RateModel): PriceBasis {
  return { scale: changes.scale, readsPerDay };
}

/** A factor. After a smaller move the price waits for its regular time. */
const FAR = 1.5;

/** Whether a price is out of date, however young it is: the first reads came, or changes turned out far more or less frequent. */
export function hasMoved(before: PriceBasis, now: PriceBasis): boolean {
  return isFar(before.scale, now.scale) || isFar(before.readsPerDay, now.readsPerDay);
}

function isFar(before: number, now: number): boolean {
  return Math.max(before, now) > FAR * Math.min(before, now);
}
