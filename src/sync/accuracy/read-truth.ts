/**
 * How many reads of a day saw the truth, as its next confirmation shows.
 *
 * - The answer equals the copy: all did. (A day that changed and changed back in between is not noticed.)
 * - It differs: those before the first change did, from none to all of them. When that change was is unknown. Changes are
 *   Poisson, x of them expected from the last confirmation up to a read and X up to this one. Given that there was one, the copy
 *   was still true at the read with probability (e^(−x) − e^(−X)) / (1 − e^(−X)).
 */
export interface ReadInterval {
  /** Activity leads (see `model/activity.ts`) of the last confirmation and of this one. They fall with time. */
  readonly confirmed: number;
  readonly now: number;
  readonly reads: number;
  /** What each of them counts. */
  readonly weight: number;
  /** The mean activity lead of the reads; null: they were spread evenly. */
  readonly at: number | null;
  readonly changed: boolean;
}

/** Sums of reads of one day. */
export interface JudgedReads extends Truth {
  /** Of the variance, what comes of the instant of the change: the same for all that it concerns. */
  readonly ofChange: number;
}

/** Sums of reads. */
export interface Truth {
  readonly reads: number;
  /** Those of days that were found unchanged: they certainly saw the truth. */
  readonly unchanged: number;
  /** How many saw the truth, by the rates as learned. */
  readonly measured: number;
  /** The same if each changed day had changed once only: the most, however often days change. */
  readonly high: number;
  /** Of `high`, because the instants of the changes and of the reads are unknown. */
  readonly variance: number;
  /** How many would have seen the truth by the rates, before the answer was known. */
  readonly expected: number;
}

export const NO_TRUTH: Truth = { reads: 0, unchanged: 0, measured: 0, high: 0, variance: 0, expected: 0 };

/** The changes expected from the last confirmation to an activity lead. */
export type Exposure = (lead: number) => number;

/** Points on each side of the mean. */
const POINTS = 8;
/** Below this exposure, differences of exponentials lose their digits. */
const LEAST_EXPOSURE = 1e-9;

/** @param cause the exposure to those changes alone that may explain what was found */
export function truthOf(interval: ReadInterval, exposure: Exposure, cause = exposure): JudgedReads {
  const { reads, weight, changed } = interval;
  const points = spread(interval).map((point) => ({ ...point, x: cause(point.lead) }));
  const sum = (shareAt: (point: Point) => number) => reads * meanOf(points, shareAt);
  const expected = sum(({ lead }) => Math.exp(-exposure(lead)));
  if (!changed) return { reads, unchanged: reads, measured: reads, high: reads, variance: 0, ofChange: 0, expected };
  const { known, once } = shares(interval, cause(interval.now));
  const mean = meanOf(points, once);
  const squared = squareOf(points, once);
  const ofChange = reads ** 2 * Math.max(0, squared - mean ** 2);
  return {
    reads,
    unchanged: 0,
    measured: sum(known),
    high: reads * mean,
    // Where each of the reads was is unknown as well, but for their mean.
    variance: ofChange + weight * reads * Math.max(0, mean - squared),
    ofChange,
    expected,
  };
}

interface Point {
  readonly lead: number;
  /** Of all points together: 1. */
  readonly weight: number;
  /** Of the cause, the changes expected up to there. */
  readonly x: number;
}

/** P(a read at a point saw the truth | the day changed), by the rates as known, and for a single change. */
function shares({ confirmed, now }: ReadInterval, whole: number): Record<'known' | 'once', (point: Point) => number> {
  if (!(whole > LEAST_EXPOSURE)) {
    const length = confirmed - now;
    const even = ({ lead }: Point) => (length > 0 ? (lead - now) / length : 0.5);
    return { known: even, once: even };
  }
  return {
    known: ({ x }) => (Math.exp(-x) - Math.exp(-whole)) / -Math.expm1(-whole),
    once: ({ x }) => (whole - x) / whole,
  };
}

export function addTruth(a: Truth, b: Truth): Truth {
  return {
    reads: a.reads + b.reads,
    unchanged: a.unchanged + b.unchanged,
    measured: a.measured + b.measured,
    high: a.high + b.high,
    variance: a.variance + b.variance,
    expected: a.expected + b.expected,
  };
}

/** Where the reads were, in order of time. n reads are spread around their mean as n random ones would be: one is a point. */
function spread({ confirmed, now, reads, at }: ReadInterval): Omit<Point, 'x'>[] {
  const middle = Math.min(confirmed, Math.max(now, at ?? (confirmed + now) / 2));
  const apart = at === null ? 1 : Math.sqrt(Math.max(0, reads - 1) / Math.max(1, reads));
  const reach = ((confirmed - now) / 2) * apart;
  const before = Math.min(reach, confirmed - middle);
  const after = Math.min(reach, middle - now);
  // Weighted so that the mean stays where it is.
  const early = before + after > 0 ? after / (before + after) : 0.5;
  const places = Array.from({ length: POINTS }, (_, i) => (i + 0.5) / POINTS);
  return [
    ...places.map((part) => ({ lead: middle + before * (1 - part), weight: early / POINTS })),
    ...places.map((part) => ({ lead: middle - after * part, weight: (1 - early) / POINTS })),
  ];
}

/** The mean square of the true share. Of two reads both are true when the later one is. */
function squareOf(points: readonly Point[], shareAt: (point: Point) => number): number {
  let passed = 0;
  let squared = 0;
  for (const point of points) {
    squared += shareAt(point) * ((passed + point.weight) ** 2 - passed ** 2);
    passed += point.weight;
  }
  return squared;
}

function meanOf(points: readonly Point[], shareAt: (point: Point) => number): number {
  return points.reduce((sum, point) => sum + point.weight * shareAt(point), 0);
}
