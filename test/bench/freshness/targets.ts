import type { Samples } from '../measure.js';

interface Target {
  readonly world: string;
  readonly measure: string;
  readonly least: number;
  readonly of: (mean: (name: string) => number) => number;
}

export const OURS = 'Slotmirror';
export const OPTIMUM = 'relaxed optimum';
/** With a request for each date. */
export const BY_DAY = 'relaxed optimum by day';
export const ORIGINAL = 'the original schedule';
/** The part of the windows in which the interval that it measures holds the truth. */
export const HELD = 'interval held the truth';
const TIERS = ['kept: today', 'week', 'month', 'rest'];

/** Of the tier that is kept worst. */
const kept = (world: string) => (mean: (name: string) => number) =>
  Math.min(...TIERS.map((tier) => mean(`${world} ${OURS} ${tier}`)));
const againstOptimum = (world: string) => (mean: (name: string) => number) =>
  mean(`${world} ${OURS}`) / mean(`${world} ${OPTIMUM}`);
const againstOriginal = (world: string) => (mean: (name: string) => number) =>
  mean(`${world} ${OURS}`) / mean(`${world} ${ORIGINAL}`);
const young = (world: string) => (mean: (name: string) => number) => 1 - mean(`${world} ${OURS} > 96 h`);

const todayAgainstOptimum = (world: string) => (mean: (name: string) => number) =>
  mean(`${world} ${OURS} today`) / mean(`${world} ${OPTIMUM} today`);

const OWN_WAYS = 'own ways: ';
const SPANS = '2000 / 30, spans of 30';

const TARGETS: readonly Target[] = [
  { world: '2 / 30', measure: 'max age kept, worst tier', least: 1, of: kept('2 / 30') },
  { world: '450 / 30', measure: 'of the relaxed optimum', least: 0.99, of: againstOptimum('450 / 30') },
  { world: '450 / 30', measure: 'times the original schedule', least: 1.7, of: againstOriginal('450 / 30') },
  {
    world: '450 / 30, steeper popularity',
    measure: 'times the original schedule',
    least: 1.7,
    of: againstOriginal('450 / 30, steeper popularity'),
  },
  // Not at 2000 / 30: the age is promised where a round of all days takes at most half of it.
  { world: '450 / 30', measure: 'days not older than 96 h', least: 1, of: young('450 / 30') },
  measuring('450 / 30'),
  measuring('450 / 300'),
  measuring('2000 / 30'),
  { world: '450 / 300', measure: 'fresh reads', least: 0.99, of: (mean) => mean(`450 / 300 ${OURS}`) },
  { world: '450 / 300', measure: 'max age kept, worst tier', least: 0.99, of: kept('450 / 300') },
  { world: '2000 / 30', measure: 'of the relaxed optimum', least: 0.97, of: againstOptimum('2000 / 30') },
  { world: SPANS, measure: 'fresh reads', least: 0.97, of: (mean) => mean(`${SPANS} ${OURS}`) },
  { world: SPANS, measure: 'of the relaxed optimum', least: 0.98, of: againstOptimum(SPANS) },
  ...own('450 / 30', 0.99),
  ...own('450 / 300', 0.995),
  ...own('2000 / 30', 0.98),
  {
    world: `${OWN_WAYS}2000 / 30`,
    measure: 'of the relaxed optimum, reads of today',
    least: 0.95,
    of: todayAgainstOptimum(`${OWN_WAYS}2000 / 30`),
  },
];

function own(size: string, least: number): readonly Target[] {
  const world = `${OWN_WAYS}${size}`;
  return [{ world, measure: 'of the relaxed optimum', least, of: againstOptimum(world) }, measuring(world)];
}

function measuring(world: string): Target {
  return { world, measure: HELD, least: 0.95, of: (mean) => mean(`${world} ${OURS} ${HELD}`) };
}

export function meanOf(samples: Samples, name: string): number {
  const values = samples.of(name);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Whether each target was reached. */
export function targetsOf(samples: Samples): readonly Readonly<Record<string, string | number>>[] {
  const simulated = TARGETS.filter(({ world }) => samples.of(`${world} ${OURS}`).length > 0);
  return simulated.map(({ world, measure, least, of }) => {
    const value = of((name) => meanOf(samples, name));
    return { world, measure, target: least, reached: value, verdict: value >= least ? 'pass' : 'short' };
  });
}
