import { changeCurve } from './change-curve.js';
import { NO_COUNTS, rateModelOf, noCounts, ratesOf } from './rate-model.js';
import type { SampledDay } from './shadow-price.js';

/** The most classes of popularity. More of them move the expected freshness by less than 0.001. */
const MOST_CLASSES = 40;
/** All prices of an experience change once a fortnight; in changes per day. */
const PRICE_CHANGES = 1 / 14;

/**
 * A sample of a catalogue without observations, in which each sampled day represents equally many days. Reads and bookings by
 * lead are the priors of `rate-model.ts`. Popularity follows Zipf's law (the r-th experience is read 1/r times as often as
 * the first). Bookings are proportional to reads, and each booking is a change. Every weekday is open, which is cautious.
 * Deterministic. The expected freshness is lower than the optimum of the simulated catalogues
 * (`npm run bench -- freshness`), by at most 0.01.
 * @param leads how many days ahead are mirrored
 */
export function priorSample(experiences: number, leads: number): readonly SampledDay[] {
  const rates = ratesOf(rateModelOf(noCounts(leads), experiences, 0), NO_COUNTS, false);
  return popularityClasses(experiences).flatMap((popularity) => {
    const changes = changeCurve(rates.changes.perLead.map((bookings) => bookings * popularity + PRICE_CHANGES));
    const days = { ...rates, changes, demand: popularity };
    return Array.from({ length: leads }, (_, lead) => ({ ...days, lead }));
  });
}

/** Zipf's law in classes of equally many experiences, the most popular first; the mean is 1. */
export function popularityClasses(experiences: number): readonly number[] {
  const classes = Math.min(MOST_CLASSES, experiences);
  const before = [0];
  for (let rank = 1; rank <= experiences; rank++) before.push((before.at(-1) ?? 0) + 1 / rank);
  // A class may end within an experience, whose reads are then split in proportion.
  const readsBefore = (place: number): number => {
    const whole = Math.min(experiences - 1, Math.floor(place));
    return (before[whole] ?? 0) + (place - whole) / (whole + 1);
  };
  const place = (index: number): number => (experiences * index) / classes;
  return Array.from({ length: classes }, (_, index) => {
    const reads = readsBefore(place(index + 1)) - readsBefore(place(index));
    return (reads / (before[experiences] ?? 1)) * classes;
  });
}
