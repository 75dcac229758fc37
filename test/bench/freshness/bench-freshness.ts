import { Samples } from '../measure.js';
import type { Options } from '../options.js';
import { progress } from '../progress.js';
import { compare, type BenchResult, type Detail } from '../report.js';
import { Learned, Told } from './knowledge.js';
import { LARGE, MARKETS, STRANGE, type Setting } from './markets.js';
import { relaxedOptimum } from './optimum.js';
import { EarliestDeadline, OriginalSchedule, RoundRobin } from './schedules.js';
import { simulate, type Chooser, type SimulationOptions } from './simulate.js';
import type { Outcome, Tiering } from './tally.js';
import { meanOf, OPTIMUM, ORIGINAL, OURS, targetsOf } from './targets.js';
import { ValueChooser, type ValueOptions } from './value-chooser.js';
import { makeWorld, type World } from './world.js';

/** What is paced evenly over 61.5 seconds. */
const USED = 60 / 61.5;
const MINUTE = 1 / 1_440;
/** How long is simulated, days: real markets, and ten minutes around noon of those that are a thousand times as fast. */
const LONG = { from: 0, until: 8, measuredFrom: 4, filled: true };
/** Many requests settle sooner, and take longer to live through. */
const MANY = { perMinute: 300, until: 6 };
const SHORT = { from: 0.5, until: 0.5 + 10 * MINUTE, measuredFrom: 0.5 + 3 * MINUTE, filled: false };
/** How often is learned and planned anew, days. */
const CALM = { settleEvery: 1 / 24, replanEvery: 1 };
const QUICK = { settleEvery: 5 / 86_400, replanEvery: 30 / 86_400 };

/** The default SYNC_TIERS, in days. */
const TIERING: Tiering = {
  maxAge: (lead) => (lead < 1 ? 15 / 1_440 : lead < 7 ? 4 / 24 : 1),
  tiers: 4,
  tierOf: (lead) => (lead < 1 ? 0 : lead < 7 ? 1 : lead < 30 ? 2 : 3),
};

const ORACLE = 'by value, rates known';
const LIMITS = ['tiers, earliest deadline first', ORIGINAL, 'every day in turn', ORACLE, OPTIMUM];

function choosers(world: World, options: ValueOptions): Readonly<Record<string, () => Chooser>> {
  return {
    [OURS]: () => new ValueChooser(world, new Learned(world, false), options),
    [ORACLE]: () => new ValueChooser(world, new Told(world), options),
    'tiers, earliest deadline first': () => new EarliestDeadline(world, TIERING.maxAge),
    [ORIGINAL]: () => new OriginalSchedule(world),
    'every day in turn': () => new RoundRobin(world),
  };
}

/** From so many `--experiences` on, the largest markets are lived through as well. */
const LARGE_FROM = 2_000;

/** How often a reader sees the truth, in virtual time, whether or not the budget reaches for every promise. */
export function benchFreshness({ runs, seed, experiences }: Options): Promise<BenchResult> {
  const settings = [...MARKETS, ...(experiences >= LARGE_FROM ? LARGE : []), ...STRANGE];
  const samples = new Samples();
  const details: Detail[] = [];
  for (const setting of settings) {
    for (let run = 0; run < runs; run++) {
      progress(`freshness: ${setting.name}, seed ${seed + run}`);
      liveThrough(setting, seed + run, samples);
    }
    const names = [OURS, ...LIMITS].filter((name) => name !== OPTIMUM);
    details.push({
      title: `${setting.name} a minute, means`,
      rows: names.map((name) => rowOf(setting, name, samples)),
    });
  }
  const comparisons = settings.flatMap(({ name }) =>
    LIMITS.map((limit) => compare(name, samples.of(`${name} ${OURS}`), limit, samples.of(`${name} ${limit}`))),
  );
  details.push({ title: 'targets', rows: targetsOf(samples) });
  return Promise.resolve({ bench: 'freshness', notes: NOTES, unit: 'experiences / budget', comparisons, details });
}

const NOTES = [
  'Share of the reads that see the truth; experiences / requests a minute. First made-up markets as found: bookings by lead',
  'time, Zipf popularity, closed weekdays, bulk price changes, reads by hour; four of eight (at 300 a minute: two of six) days measured,',
  'everything mirrored at the start. Then strange ones, a thousand times as fast, ten minutes, begun with nothing known. Deterministic',
  'by seed. The relaxed optimum is what any choice of requests reaches in the long run, knowing all rates but no signals.',
];

function liveThrough({ name, experiences, perMinute, shape }: Setting, seed: number, samples: Samples): void {
  const lively = (shape?.speed ?? 1) > 1;
  const span = lively ? SHORT : perMinute < MANY.perMinute ? LONG : { ...LONG, until: MANY.until };
  const world = makeWorld({ experiences, seed, days: Math.ceil(span.until) + 1, ...(shape ? { shape } : {}) });
  const requestsPerDay = perMinute * 1_440 * USED;
  const options: SimulationOptions = { ...span, requestsPerDay, seed, tiering: TIERING };
  const pace = lively ? QUICK : CALM;
  samples.add(`${name} ${OPTIMUM}`, relaxedOptimum(world, requestsPerDay));
  const make = choosers(world, { ...pace, requestsPerDay, tiering: TIERING, wishes: 'none', lastCall: 'open' });
  for (const [choice, chooser] of Object.entries(make)) {
    const outcome = simulate(world, chooser(), options);
    samples.add(`${name} ${choice}`, outcome.freshness);
    for (const [fact, value] of Object.entries(factsOf(outcome))) samples.add(`${name} ${choice} ${fact}`, value);
  }
}

const FACTS = ['fresh', 'age p50, h', 'p95, h', 'kept: today', 'week', 'month', 'rest', '> 96 h'];

function factsOf({ freshness, ageP50, ageP95, kept, ancient }: Outcome): Readonly<Record<string, number>> {
  const [today = NaN, week = NaN, month = NaN, rest = NaN] = kept;
  const values = [freshness, ageP50 * 24, ageP95 * 24, today, week, month, rest, ancient];
  return Object.fromEntries(FACTS.map((fact, i) => [fact, values[i] ?? NaN]));
}

function rowOf({ name }: Setting, choice: string, samples: Samples): Readonly<Record<string, string | number>> {
  const facts = FACTS.map((fact) => [fact, meanOf(samples, `${name} ${choice} ${fact}`)]);
  return { choice, ...(Object.fromEntries(facts) as Record<string, number>) };
}
