import { paceOf, type SampledDay } from './shadow-price.js';

/** A day of a sample of the catalogue, and whether it was confirmed. */
export interface SampledFill extends SampledDay {
  readonly neverConfirmed: boolean;
}

/** New dates and new experiences are always some of the days. */
const FEW = 0.05;

/**
 * Whether the mirror still fills: more than a few days were never confirmed although a request for them is worth the price,
 * μ/δ ≥ λ. Days that are not worth it stay unconfirmed as long as nobody reads them.
 */
export function isFilling(sample: readonly SampledFill[], price: number): boolean {
  const waiting = sample.filter((day) => {
    const { reads, changes } = paceOf(day);
    return day.neverConfirmed && reads > 0 && reads >= price * changes;
  });
  return waiting.length > FEW * sample.length;
}
