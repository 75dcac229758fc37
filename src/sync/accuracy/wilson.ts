/** 95 % of a normal distribution lie within so many standard deviations. */
export const Z95 = 1.96;

/** The 95 % interval of a share of which `hits` of `tries` were seen (Wilson 1927). Right for few tries and for shares near 1. */
export function wilson(hits: number, tries: number): { readonly lower: number; readonly upper: number } {
  if (tries <= 0) return { lower: 0, upper: 1 };
  const share = hits / tries;
  const weight = (Z95 * Z95) / tries;
  const middle = (share + weight / 2) / (1 + weight);
  const reach = (Z95 / (1 + weight)) * Math.sqrt((share * (1 - share)) / tries + weight / (4 * tries));
  return { lower: Math.max(0, middle - reach), upper: Math.min(1, middle + reach) };
}
