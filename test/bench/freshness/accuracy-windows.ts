import { auditedOf, figuresOf } from '../../../src/sync/accuracy/accuracy-figures.js';
import type { Truth } from '../../../src/sync/accuracy/read-truth.js';

/** What is measured, and stored. */
export type Sums = Truth & { readonly audits: number; readonly trueAudits: number };

/** What was measured of the reads that were judged within some time, and what the same reads saw. */
export interface AccuracyWindow {
  /** Its end. */
  readonly second: number;
  readonly measured: Sums;
  readonly reads: number;
  readonly fresh: number;
}

/** With fewer, a window is no share of anything. */
const FEWEST_READS = 20;

type Place = 'held' | 'below' | 'above';

/** Where the truth was: within the measured interval, below or above it. */
function placeOf({ measured, reads, fresh }: AccuracyWindow): Place {
  const { lower, upper } = figuresOf(measured);
  const truth = share(fresh / reads);
  if (lower === null || upper === null || truth < lower) return 'below';
  return truth > upper ? 'above' : 'held';
}

function wholeOf(windows: readonly AccuracyWindow[]): AccuracyWindow[] {
  return windows.filter(({ reads, measured }) => Math.min(reads, measured.reads) >= FEWEST_READS);
}

/** In which part of the windows the interval held the truth. */
export function heldShare(windows: readonly AccuracyWindow[]): number {
  const whole = wholeOf(windows);
  return whole.filter((window) => placeOf(window) === 'held').length / whole.length;
}

/** A row of a table: how often the measured interval held the truth, and by how much it was off. */
export function accuracyRow(windows: readonly AccuracyWindow[]): Record<string, string | number> {
  const whole = wholeOf(windows);
  const places = whole.map(placeOf);
  const count = (place: Place) => places.filter((each) => each === place).length;
  const total = whole.map(({ measured }) => measured).reduce(plus, NO_SUMS);
  const seen = whole.reduce((sum, { reads }) => sum + reads, 0);
  const fresh = whole.reduce((sum, each) => sum + each.fresh, 0);
  const { measured, lower, upper, certain, expected } = figuresOf(total);
  const audited = auditedOf(total);
  return {
    windows: whole.length,
    'held the truth': count('held'),
    'truth below': count('below'),
    'truth above': count('above'),
    reads: seen,
    judged: Math.round(total.reads),
    true: fresh / seen,
    measured: measured ?? NaN,
    interval: `${lower}–${upper}`,
    certain: certain ?? NaN,
    expected: expected ?? NaN,
    audited: audited ? `${audited.share} (${audited.lower}–${audited.upper})` : 'none',
  };
}

/** With as many digits as figures have. */
function share(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

export const NO_SUMS: Sums = {
  ...{ reads: 0, unchanged: 0, measured: 0, high: 0, variance: 0, expected: 0 },
  ...{ audits: 0, trueAudits: 0 },
};

function plus(a: Sums, b: Sums): Sums {
  return combined(a, b, 1);
}

export function minus(a: Sums, b: Sums): Sums {
  return combined(a, b, -1);
}

function combined(a: Sums, b: Sums, sign: 1 | -1): Sums {
  const names = Object.keys(NO_SUMS) as (keyof Sums)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + sign * b[name]])) as unknown as Sums;
}
