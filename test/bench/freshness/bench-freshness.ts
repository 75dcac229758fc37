import { Environment } from '../../../src/config/environment.js';
import { MirrorSettings } from '../../../src/config/index.js';
import { requestsPerDay } from '../../../src/sync/budget/pacing.js';
import { Samples } from '../measure.js';
import { UsageError, type Options } from '../options.js';
import { progress } from '../progress.js';
import { compare, type BenchResult, type Detail } from '../report.js';
import { accuracyRow, heldShare, type AccuracyWindow } from './accuracy-windows.js';
import { Mirror, type Cadence } from './mirror.js';
import { optimumOf, relaxedOptimum, type Optimum } from './optimum.js';
import { partNamesOf, partsOf, type Part } from './parts.js';
import { ByDueTime, OriginalSchedule, RoundRobin } from './schedules.js';
import { SelfMeasure } from './self-measure.js';
import { OWN, STRANGE, USUAL, type Setting } from './settings.js';
import { simulate, type Chooser } from './simulate.js';
import type { Outcome } from './tally.js';
import { BY_DAY, HELD, meanOf, OPTIMUM, ORIGINAL, OURS, targetsOf } from './targets.js';
import { makeWorld } from './world.js';

const MINUTE = 1 / 1_440;
const SECOND = 1 / 86_400;
/** How long is simulated, days: usual worlds, and ten minutes around noon of those that change a thousand times as fast. */
const LONG = { from: 0, until: 8, measuredFrom: 4, filled: true };
/** Many confirmations settle sooner, and take longer to simulate. So do spans. */
const MANY = { perMinute: 300, until: 6 };
const SPANS = { until: 2, measuredFrom: 1 };
const SHORT = { from: 0.5, until: 0.5 + 10 * MINUTE, measuredFrom: 0.5 + 3 * MINUTE, filled: false };

/** Of what it would measure of itself. */
const WINDOWS = 100;

/** The service learns every 5 s, plans an experience every 2 s, and computes the shadow price once a minute, or sooner. */
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

const CHOICES = ['by due time', ORIGINAL, 'every day in turn'];

/** How often a reader sees the truth, in simulated time, whether or not the budget is sufficient for every max age. */
export function benchFreshness({ runs, seed, world }: Options): Promise<BenchResult> {
  const settings = [...USUAL, ...OWN, ...STRANGE].filter(({ name }) => name.startsWith(world));
  if (settings.length === 0) throw new UsageError(`--world: no name begins with "${world}"`);
  const samples = new Samples();
  const details: Detail[] = [];
  for (const setting of settings) {
    const windows: AccuracyWindow[] = [];
    for (let run = 0; run < runs; run++) {
      progress(`freshness: ${setting.name}, seed ${seed + run}`);
      windows.push(...simulateAll(setting, seed + run, samples));
    }
    const names = [OURS, ...CHOICES];
    details.push({
      title: `${setting.name} a minute, means`,
      rows: [
        ...partNamesOf(setting).flatMap((part) => names.map((choice) => rowOf(setting, `${choice}${part}`, samples))),
        rowOf(setting, OPTIMUM, samples, ['fresh', 'today']),
      ],
    });
    details.push({
      title: `${setting.name} a minute: what it would measure of itself, in ${WINDOWS} windows a seed, and their sum`,
      rows: [accuracyRow(windows)],
    });
    samples.add(`${setting.name} ${OURS} ${HELD}`, heldShare(windows));
  }
  const comparisons = settings.flatMap(({ name, datesPerRequest }) =>
    [...CHOICES, OPTIMUM, ...(datesPerRequest ? [BY_DAY] : [])].map((limit) =>
      compare(name, samples.of(`${name} ${OURS}`), limit, samples.of(`${name} ${limit}`)),
    ),
  );
  details.push({ title: 'targets', rows: targetsOf(samples) });
  return Promise.resolve({ bench: 'freshness', notes: NOTES, unit: 'experiences / budget', comparisons, details });
}

const NOTES = [
  'Share of the reads that see the truth; experiences / requests a minute. First usual worlds: bookings by lead time, Zipf',
  'popularity, closed weekdays, bulk price changes, reads by hour; four of eight days measured (at 300 a minute: two of six),',
  'everything mirrored at the start. Where a request answers spans of dates: two days, the second measured. Then strange ones, a thousand times as fast, ten minutes, MIN_VALUE=0, with nothing known at first.',
  'Deterministic by seed. The relaxed optimum is what any choice of requests reaches in the long run, knowing all rates but no signals.',
];

/** @returns what ours would measure of itself */
function simulateAll(setting: Setting, seed: number, samples: Samples): AccuracyWindow[] {
  const { name, experiences, perMinute, shape, datesPerRequest } = setting;
  const periods = (datesPerRequest ?? [1]).map((dates) => periodOf(setting, dates));
  const days = Math.ceil(Math.max(...periods.map(({ until }) => until))) + 1;
  const world = makeWorld({ experiences, seed, days, ...(shape ? { shape } : {}) });
  const budget = requestsPerDay(perMinute);
  const parts = partsOf(setting, world);
  const optima: (Optimum & Pick<Part, 'share'>)[] = [];
  for (const part of parts) {
    const { measuredFrom: from, until } = periodOf(setting, part.datesPerRequest);
    const { freshness, today } = optimumOf(part.world, part.datesPerRequest, budget, { from, until });
    optima.push({ share: part.share, freshness, today });
  }
  const optimum = sum(optima, ({ share, freshness }) => share * freshness);
  samples.add(`${name} ${OPTIMUM}`, optimum);
  samples.add(`${name} ${OPTIMUM} fresh`, optimum);
  samples.add(
    `${name} ${OPTIMUM} today`,
    sum(optima, ({ share, today }) => share * today),
  );
  if (datesPerRequest) {
    samples.add(
      `${name} ${BY_DAY}`,
      meanOver(parts, (part) => relaxedOptimum(part.world, budget).freshness),
    );
  }
  const measured: SelfMeasure[] = [];
  for (const choice of [OURS, ...CHOICES]) {
    const fresh = meanOver(parts, (part) => {
      const period = periodOf(setting, part.datesPerRequest);
      const self = new SelfMeasure((period.until - period.measuredFrom) / WINDOWS);
      if (choice === OURS) measured.push(self);
      const outcome = simulate(part.world, chooserOf(choice, part, setting, { from: period.from, self }), {
        ...{ ...period, requestsPerDay: budget, seed, tiers: SETTINGS.tiers },
      });
      for (const [fact, value] of Object.entries(factsOf(outcome))) {
        samples.add(`${name} ${choice}${part.name} ${fact}`, value);
      }
      return outcome.freshness;
    });
    samples.add(`${name} ${choice}`, fresh);
  }
  return measured.flatMap(({ windows }) => windows);
}

/** Which days are simulated, and from when on they are measured. */
function periodOf({ shape, perMinute }: Setting, datesPerRequest: number): typeof LONG {
  if ((shape?.speed ?? 1) > 1) return SHORT;
  if (datesPerRequest > 1) return { ...LONG, ...SPANS };
  const long = perMinute < MANY.perMinute ? LONG : { ...LONG, until: MANY.until };
  return { ...long, filled: !shape?.own };
}

/** Over all reads. */
function meanOver(parts: readonly Part[], of: (part: Part) => number): number {
  return sum(parts, (part) => part.share * of(part));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function chooserOf(
  choice: string,
  part: Part,
  { perMinute, shape }: Setting,
  { from, self }: { readonly from: number; readonly self: SelfMeasure },
): Chooser {
  const { world, datesPerRequest } = part;
  const strange = (shape?.speed ?? 1) > 1;
  const settings = strange ? SHORT_SETTINGS : SETTINGS;
  const cadence = strange ? AS_SHIPPED : slow(world.experiences);
  switch (choice) {
    case OURS:
      return new Mirror(world, { requestsPerMinute: perMinute, datesPerRequest, settings, cadence, self }, from);
    case ORIGINAL:
      return new OriginalSchedule(world);
    case 'by due time':
      return new ByDueTime(world, SETTINGS.tiers, datesPerRequest);
    default:
      return new RoundRobin(world, datesPerRequest);
  }
}

const FACTS = [
  'fresh',
  'today',
  'age p50, h',
  'p95, h',
  'kept: today',
  'week',
  'month',
  'rest',
  '> 96 h',
  'budget used',
  'dates a request',
];

function factsOf({
  freshness,
  today: ofToday,
  ageP50,
  ageP95,
  kept,
  ancient,
  used,
  dates,
}: Outcome): Readonly<Record<string, number>> {
  const [today = NaN, week = NaN, month = NaN, rest = NaN] = kept;
  const values = [freshness, ofToday, ageP50 * 24, ageP95 * 24, today, week, month, rest, ancient, used, dates];
  return Object.fromEntries(FACTS.map((fact, i) => [fact, values[i] ?? NaN]));
}

function rowOf(
  { name }: Setting,
  choice: string,
  samples: Samples,
  known: readonly string[] = FACTS,
): Readonly<Record<string, string | number>> {
  const facts = FACTS.map((fact) => [fact, known.includes(fact) ? meanOf(samples, `${name} ${choice} ${fact}`) : '']);
  return { choice, ...(Object.fromEntries(facts) as Record<string, number>) };
}
