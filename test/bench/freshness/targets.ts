import type { Samples } from '../measure.js';

interface Target {
  readonly market: string;
  readonly measure: string;
  readonly least: number;
  readonly of: (mean: (name: string) => number) => number;
}

export const OURS = 'by value, learned';
export const OPTIMUM = 'relaxed optimum';
export const ORIGINAL = 'the original schedule';
const PROMISES = ['kept: today', 'week', 'month', 'rest'];

/** The worst-kept tier. */
const kept = (market: string) => (mean: (name: string) => number) =>
  Math.min(...PROMISES.map((tier) => mean(`${market} ${OURS} ${tier}`)));
const againstOptimum = (market: string) => (mean: (name: string) => number) =>
  mean(`${market} ${OURS}`) / mean(`${market} ${OPTIMUM}`);
const againstOriginal = (market: string) => (mean: (name: string) => number) =>
  mean(`${market} ${OURS}`) / mean(`${market} ${ORIGINAL}`);
const young = (market: string) => (mean: (name: string) => number) => 1 - mean(`${market} ${OURS} > 96 h`);

const TARGETS: readonly Target[] = [
  { market: '2 / 30', measure: 'promises kept, least tier', least: 1, of: kept('2 / 30') },
  { market: '450 / 30', measure: 'of the relaxed optimum', least: 0.99, of: againstOptimum('450 / 30') },
  { market: '450 / 30', measure: 'times the original schedule', least: 1.7, of: againstOriginal('450 / 30') },
  {
    market: '450 / 30, steeper popularity',
    measure: 'times the original schedule',
    least: 1.7,
    of: againstOriginal('450 / 30, steeper popularity'),
  },
  { market: '450 / 30', measure: 'days not older than 96 h', least: 1, of: young('450 / 30') },
  { market: '450 / 300', measure: 'fresh reads', least: 0.99, of: (mean) => mean(`450 / 300 ${OURS}`) },
  { market: '450 / 300', measure: 'promises kept, least tier', least: 0.99, of: kept('450 / 300') },
  { market: '2000 / 30', measure: 'of the relaxed optimum', least: 0.97, of: againstOptimum('2000 / 30') },
  { market: '2000 / 30', measure: 'days not older than 96 h', least: 1, of: young('2000 / 30') },
];

export function meanOf(samples: Samples, name: string): number {
  const values = samples.of(name);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What was to be reached, and whether it was. */
export function targetsOf(samples: Samples): readonly Readonly<Record<string, string | number>>[] {
  return TARGETS.map(({ market, measure, least, of }) => {
    const value = of((name) => meanOf(samples, name));
    return { market, measure, target: least, reached: value, verdict: value >= least ? 'pass' : 'short' };
  });
}
