import { KEPT_PER_DAY } from './estimates.js';

const FADE = -Math.log(KEPT_PER_DAY);

/** What remains of a count of one a day over the last `age` days: ∫ e^(−FADE·a) da. */
export function fadedDays(age: number): number {
  return -Math.expm1(-FADE * age) / FADE;
}

/** How long ago counts began that cover `days` faded days; infinite for more than ever remain. */
export function ageOf(days: number): number {
  return days * FADE < 1 ? -Math.log1p(-days * FADE) / FADE : Infinity;
}
