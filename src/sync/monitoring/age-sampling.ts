import type { Tier } from '../../config/index.js';
import type { DrawnLeads } from './sql/sample-ages.js';

/** Up to so many known days, all of them are read. */
const ALL = 5_000;
/** The days that are drawn of each tier of a larger catalogue, on average. */
const DRAWN = 250;
/** Two-sided, 95 %. */
const QUANTILE = 1.96;

/**
 * Which days to read in order to know how old the days are: of which part of the experiences, and which leads of each.
 * @param known days of all tiers
 */
export function drawnLeads(
  tiers: readonly Tier[],
  known: number,
  experiences: number,
): { readonly percent: number; readonly leads: readonly DrawnLeads[] } {
  const all = known <= ALL || experiences === 0;
  const drawn = all ? experiences : Math.min(experiences, DRAWN);
  const leads = tiers.map(({ days: to }, i) => {
    const from = tiers[i - 1]?.days ?? 0;
    return { from, to, each: Math.min(to - from, all ? to - from : Math.ceil(DRAWN / drawn)) };
  });
  return { percent: drawn < experiences ? (100 * drawn) / experiences : 100, leads };
}

/**
 * How far a share that is estimated from so many of the known days may be off, with a confidence of 95 %: of a share of a half,
 * the worst, and less for a large part of all.
 */
export function errorOf(drawn: number, known: number): number {
  if (drawn >= known || known < 2) return 0;
  if (drawn === 0) return 1;
  return QUANTILE * Math.sqrt((0.25 / drawn) * ((known - drawn) / (known - 1)));
}

/** An age of a sample, which stands for `weight` days. */
export interface WeightedAge {
  readonly seconds: number;
  readonly weight: number;
}

/** The age below which a part of the days is; between two of them interpolated. Null: there are none. */
export function quantileOf(ages: readonly WeightedAge[], part: number): number | null {
  const sorted = [...ages].sort((a, b) => a.seconds - b.seconds);
  const last = sorted.at(-1);
  if (!last) return null;
  const sought = part * (sorted.reduce((sum, { weight }) => sum + weight, 0) - last.weight);
  let before = 0;
  for (const [i, { seconds, weight }] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next && before + weight > sought) return seconds + ((sought - before) / weight) * (next.seconds - seconds);
    before += weight;
  }
  return last.seconds;
}
