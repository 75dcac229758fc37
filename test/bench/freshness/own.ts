import { randomFrom } from '../fixtures.js';

/** What makes experiences unlike each other beyond their popularity. */
export interface Own {
  /** Factors of the bookings and of the reads of an experience, by lead. */
  readonly bookings: readonly (readonly number[])[];
  readonly reads: readonly (readonly number[])[];
  /** How much more often than other dates of an experience a date is read. Mean 1; undefined: all alike. */
  readonly dates: readonly Float64Array[] | undefined;
  /** The part of the day after which nobody reads or books it; 1: midnight. */
  readonly lastStart: readonly number[];
}

/** The most that the exponents differ: at 0.4 the reads of today weigh 5 times as much against those in two months. */
const TILT = 0.4;
/** The standard deviation of the logarithm of a date's own demand. */
const DATES = 0.6;

/** All experiences alike. */
export function alike(experiences: number, leads: number): Own {
  const even = Array.from({ length: leads }, () => 1);
  const each = Array.from({ length: experiences }, () => even);
  return { bookings: each, reads: each, dates: undefined, lastStart: each.map(() => 1) };
}

export function ownOf(experiences: number, leads: number, dates: number, seed: number): Own {
  const random = randomFrom(seed * 6_271 + experiences);
  const tilts = (): number[] =>
    Array.from(
      { length: leads },
      (
        (exponent) => (_: unknown, lead: number) =>
          (lead + 1) ** exponent
      )(TILT * (2 * random() - 1)),
    );
  const each = <T>(of: () => T): T[] => Array.from({ length: experiences }, of);
  return {
    bookings: each(tilts),
    reads: each(tilts),
    dates: each(() => Float64Array.from({ length: dates }, () => Math.exp(DATES * normal(random) - DATES ** 2 / 2))),
    lastStart: each(() => 0.4 + 0.45 * random()),
  };
}

/** Box & Muller 1958. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
