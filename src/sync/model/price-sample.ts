/** A day to compute the shadow price from. */
export interface Draw {
  /** That of its experience, in order of reads: 0 is the most read. */
  readonly place: number;
  readonly lead: number;
}

/** The golden ratio: of all sequences of its kind the most even (Weyl 1916; Knuth 1998, 6.4). */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Draws days evenly from all degrees of popularity and from all leads. A few days take most of the budget, so the price of a
 * purely random sample of 400 days swings by a factor of five. Systematic sampling: Cochran 1977, "Sampling techniques", ch. 8.
 * Each draw represents equally many days.
 * @param leads how many days ahead are mirrored
 * @param most of a larger catalogue, this many days; of a smaller one, several of each experience
 * @param random uniform in [0, 1)
 */
export function drawDays(experiences: number, leads: number, most: number, random: () => number): readonly Draw[] {
  const each = Math.min(leads, Math.max(1, Math.round(most / Math.max(1, experiences))));
  const count = experiences > most ? most : experiences * each;
  const offset = random();
  const shift = random();
  return Array.from({ length: count }, (_, i) => ({
    place: Math.min(experiences - 1, Math.floor(((i + offset) * experiences) / count)),
    lead: Math.min(leads - 1, Math.floor(((shift + i * GOLDEN) % 1) * leads)),
  }));
}
