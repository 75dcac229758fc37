import { Environment } from '../../../src/config/environment.js';
import { MirrorSettings } from '../../../src/config/index.js';
import { requestsPerDay } from '../../../src/sync/budget/pacing.js';
import { Samples } from '../measure.js';
import { UsageError, type Options } from '../options.js';
import { progress } from '../progress.js';
import { compare, type BenchResult, type Detail } from '../report.js';
import { Mirror, type Cadence } from './mirror.js';
import { relaxedOptimum } from './optimum.js';
import { ByDueTime, OriginalSchedule, RoundRobin } from './schedules.js';
import { STRANGE, USUAL, type Setting } from './settings.js';
import { simulate, type Chooser } from './simulate.js';
import type { Outcome } from './tally.js';
import { meanOf, OPTIMUM, ORIGINAL, OURS, targetsOf } from './targets.js';
import { makeWorld } from './world.js';

const MINUTE = 1 / 1_440;
const SECOND = 1 / 86_400;
/** How long is simulated, days: usual worlds, and ten minutes around noon of those that change a thousand times as fast. */
const LONG = { from: 0, until: 8, measuredFrom: 4, filled: true };
/** Many requests settle sooner, and take longer to simulate. */
const MANY = { perMinute: 300, until: 6 };
const SHORT = { from: 0.5, until: 0.5 + 10 * MINUTE, measuredFrom: 0.5 + 3 * MINUTE, filled: false };

/** The service learns every 5 s, plans an experience every 2 s, and computes the shadow price once a minute. */
const AS_SHIPPED: Cadence = { learn: 5 * SECOND, price: MINUTE, replan: 2 * SECOND };
/** In usual worlds nothing moves that fast, and days of it would take hours to simulate. */
const slow = (experiences: number): Cadence => ({
  learn: MINUTE,
  price: 10 * MINUTE,
  replan: Math.max(AS_SHIPPED.replan, 0.25 / experiences),
});

/** The defaults of the environment. */
const SETTINGS = new MirrorSettings(new Environment());
/** MIN_VALUE takes the reads of the first ten minutes for those of a day, and would send nothing. */
const SHORT_SETTINGS = new MirrorSettings(Object.assign(new Environment(), { MIN_VALUE: '0' }));

const LIMITS = ['by due time', ORIGINAL, 'every day in turn', OPTIMUM];

/** How often a reader sees the truth, in simulated time, whether or not the budget is sufficient for every max age. */
export function benchFreshness({ runs, seed, world }: Options): Promise<BenchResult> {
  const settings = [...USUAL, ...STRANGE].filter(({ name }) => name.startsWith(world));
  if (settings.length === 0) throw new UsageError(`--world: no name begins with "${world}"`);
  const samples = new Samples();
  const details: Detail[] = [];
  for (const setting of settings) {
    for (let run = 0; run < runs; run++) {
      progress(`freshness: ${setting.name}, seed ${seed + run}`);
      simulateAll(setting, seed + run, samples);
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
  'Share of the reads that see the truth; experiences / requests a minute. First usual worlds: bookings by lead time, Zipf',
  'popularity, closed weekdays, bulk price changes, reads by hour; four of eight days measured (at 300 a minute: two of six),',
  'everything mirrored at the start. Then strange ones, a thousand times as fast, ten minutes, MIN_VALUE=0, with nothing known at first.',
  'Deterministic by seed. The relaxed optimum is what any choice of requests reaches in the long run, knowing all rates but no signals.',
];

function simulateAll({ name, experiences, perMinute, shape }: Setting, seed: number, samples: Samples): void {
  const strange = (shape?.speed ?? 1) > 1;
  const span = strange ? SHORT : perMinute < MANY.perMinute ? LONG : { ...LONG, until: MANY.until };
  const world = makeWorld({ experiences, seed, days: Math.ceil(span.until) + 1, ...(shape ? { shape } : {}) });
  const budget = requestsPerDay(perMinute);
  const settings = strange ? SHORT_SETTINGS : SETTINGS;
  const cadence = strange ? AS_SHIPPED : slow(experiences);
  const choosers: Readonly<Record<string, () => Chooser>> = {
    [OURS]: () => new Mirror(world, { requestsPerMinute: perMinute, settings, cadence }, span.from),
    'by due time': () => new ByDueTime(world, SETTINGS.tiers),
    [ORIGINAL]: () => new OriginalSchedule(world),
    'every day in turn': () => new RoundRobin(world),
  };
  samples.add(`${name} ${OPTIMUM}`, relaxedOptimum(world, budget));
  for (const [choice, make] of Object.entries(choosers)) {
    const outcome = simulate(world, make(), { ...span, requestsPerDay: budget, seed, tiers: SETTINGS.tiers });
    samples.add(`${name} ${choice}`, outcome.freshness);
    for (const [fact, value] of Object.entries(factsOf(outcome))) samples.add(`${name} ${choice} ${fact}`, value);
  }
}

const FACTS = ['fresh', 'age p50, h', 'p95, h', 'kept: today', 'week', 'month', 'rest', '> 96 h', 'budget used'];

function factsOf({ freshness, ageP50, ageP95, kept, ancient, used }: Outcome): Readonly<Record<string, number>> {
  const [today = NaN, week = NaN, month = NaN, rest = NaN] = kept;
  const values = [freshness, ageP50 * 24, ageP95 * 24, today, week, month, rest, ancient, used];
  return Object.fromEntries(FACTS.map((fact, i) => [fact, values[i] ?? NaN]));
}

function rowOf({ name }: Setting, choice: string, samples: Samples): Readonly<Record<string, string | number>> {
  const facts = FACTS.map((fact) => [fact, meanOf(samples, `${name} ${choice} ${fact}`)]);
  return { choice, ...(Object.fromEntries(facts) as Record<string, number>) };
}
