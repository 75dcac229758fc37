import type { Options } from '../options.js';
import { progress } from '../progress.js';
import { compare, type BenchResult, type Detail } from '../report.js';
import { Samples } from '../measure.js';
import { relaxedOptimum } from './optimum.js';
import { EarliestDeadline, OriginalSchedule, RoundRobin } from './schedules.js';
import { simulate, type Chooser, type Outcome, type Tiering } from './simulate.js';
import { ValueChooser } from './value-chooser.js';
import { makeWorld, type World } from './world.js';

/** What is paced evenly over 61.5 seconds. */
const USED = 60 / 61.5;
const DAYS = 8;
const WARM_UP = 4;
const MARKETS = [
  { experiences: 50, perMinute: 30 },
  { experiences: 450, perMinute: 30 },
  { experiences: 2_000, perMinute: 30 },
] as const;

/** The default SYNC_TIERS, in days. */
const TIERING: Tiering = {
  maxAge: (lead) => (lead < 1 ? 15 / 1_440 : lead < 7 ? 4 / 24 : 1),
  tiers: 4,
  tierOf: (lead) => (lead < 1 ? 0 : lead < 7 ? 1 : lead < 30 ? 2 : 3),
};

const OURS = 'tiers, earliest deadline first';
const LIMITS = ['the original schedule', 'every day in turn', 'by value, learned (not built in)', 'relaxed optimum'];

function choosers(world: World, requestsPerDay: number): Readonly<Record<string, () => Chooser>> {
  return {
    [OURS]: () => new EarliestDeadline(world, DAYS, TIERING.maxAge),
    'the original schedule': () => new OriginalSchedule(world),
    'every day in turn': () => new RoundRobin(world),
    'by value, learned (not built in)': () => new ValueChooser(world, DAYS, requestsPerDay, TIERING),
  };
}

/** How often a reader sees the truth, in virtual time, where the budget does not reach for every promise. */
export function benchFreshness({ runs, seed }: Options): Promise<BenchResult> {
  const samples = new Samples();
  const details: Detail[] = MARKETS.map(({ experiences, perMinute }) => {
    const rows = new Map<string, Readonly<Record<string, string | number>>>();
    for (let run = 0; run < runs; run++) {
      progress(`freshness: ${experiences} experiences, ${perMinute} a minute, seed ${seed + run}`);
      const world = makeWorld({ experiences, seed: seed + run, days: DAYS + 1 });
      const requestsPerDay = perMinute * 1_440 * USED;
      samples.add(`${experiences} relaxed optimum`, relaxedOptimum(world, requestsPerDay));
      for (const [name, make] of Object.entries(choosers(world, requestsPerDay))) {
        const settings = {
          requestsPerDay,
          days: DAYS,
          warmUp: WARM_UP,
          seed: seed + run,
          tiering: TIERING,
          filled: true,
        };
        const outcome = simulate(world, make(), settings);
        samples.add(`${experiences} ${name}`, outcome.freshness);
        rows.set(name, detailOf(name, outcome));
      }
    }
    return { title: `${experiences} experiences, ${perMinute} a minute (last seed)`, rows: [...rows.values()] };
  });
  const comparisons = MARKETS.flatMap(({ experiences }) =>
    LIMITS.map((limit) =>
      compare(`${experiences}`, samples.of(`${experiences} ${OURS}`), limit, samples.of(`${experiences} ${limit}`)),
    ),
  );
  return Promise.resolve({ bench: 'freshness', notes: NOTES, unit: 'fresh reads', comparisons, details });
}

const NOTES = [
  `Share of the reads that see the truth, ${DAYS - WARM_UP} of ${DAYS} virtual days measured, one row per number of experiences, 30 requests a`,
  'minute. Made-up markets: bookings by lead time, Zipf popularity, closed weekdays, bulk price changes, reads by hour.',
  'Deterministic by seed. The relaxed optimum is what any choice of requests can reach on average, knowing all rates.',
];

function detailOf(name: string, { freshness, ages, kept }: Outcome): Readonly<Record<string, string | number>> {
  const age = (share: number) => (ages[Math.floor(ages.length * share)] ?? NaN) * 24;
  return {
    choice: name,
    fresh: freshness,
    'age p50, h': age(0.5),
    'p95, h': age(0.95),
    'kept: today': kept[0] ?? NaN,
    week: kept[1] ?? NaN,
    month: kept[2] ?? NaN,
    rest: kept[3] ?? NaN,
  };
}
