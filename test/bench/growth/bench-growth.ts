import { loadTime } from '../dist.js';
import { Samples, spreadOf } from '../measure.js';
import type { Options } from '../options.js';
import { startPostgres, type BenchDatabase } from '../postgres.js';
import { progress } from '../progress.js';
import { compare, figure, type BenchResult, type Comparison } from '../report.js';
import { Scope } from '../scope.js';
import { addExperiences } from './fill.js';
import { measureIdle } from './idle.js';
import { timeOpening } from './opening.js';
import { ROUTES, timeRoutes } from './requests.js';
import { Side } from './side.js';

const FEW = 200;
const WINDOW_DAYS = 61;
const BUDGET = 300;
const STARTS = 3;
const RATIO = 1.5;
const SETTINGS = { SUPPLIER_REQUESTS_PER_MINUTE: String(BUDGET), MIN_VALUE: '0' };

/** What the service costs on a large catalogue, against a small one. */
export function benchGrowth({ grown: experiences }: Options): Promise<BenchResult> {
  return Scope.run(async (scope) => {
    progress('growth: starting PostgreSQL');
    const database = await startPostgres(scope);
    const sizes = [FEW, experiences];
    const samples = new Samples();
    await opening(scope, database, sizes, samples);
    const sides = await filled(scope, database, sizes);
    progress('growth: starting the service');
    for (let run = 0; run < STARTS; run++)
      for (const side of sides) samples.add(`start ${side.experiences}`, await side.secondsToReady());
    progress('growth: requests');
    const timed = await requests(sides);
    progress(`growth: idle at ${BUDGET} requests a minute, both side by side`);
    await Promise.all(sides.map((side) => measureIdle(side, samples)));
    return resultOf(timed, samples, experiences);
  });
}

async function filled(scope: Scope, database: BenchDatabase, sizes: number[]): Promise<Side[]> {
  const { datesFrom, localDateAt } = await loadTime();
  const dates = datesFrom(localDateAt(new Date(), 'Asia/Singapore'), WINDOW_DAYS);
  const sides: Side[] = [];
  for (const size of sizes) {
    const side = await Side.empty(scope, database, [`full_${size}`, size], SETTINGS);
    await side.pause();
    sides.push(await side.fill(dates));
  }
  return sides;
}

async function opening(scope: Scope, database: BenchDatabase, sizes: number[], samples: Samples): Promise<void> {
  for (const size of sizes) {
    progress(`growth: opening ${size} experiences`);
    const side = await Side.empty(scope, database, [`new_${size}`, size], SETTINGS);
    await addExperiences(side.client, size, null);
    await timeOpening(side, samples);
  }
}

async function requests(sides: readonly Side[]): Promise<Samples> {
  const servers = [];
  for (const side of sides) servers.push({ server: await side.start(), experiences: side.experiences });
  const samples = await timeRoutes(servers);
  for (const { server } of servers) await server.stop();
  return samples;
}

/** Seconds or percents, and the most that is allowed. */
const FACTS = [
  { what: 'start until ready, s', name: 'start', target: 4 },
  { what: 'new catalogue: first request, s', name: 'first', target: null },
  { what: 'new catalogue: tenth request, s', name: 'tenth', target: null },
  { what: 'new catalogue: all days open, s', name: 'opened', target: null },
  { what: 'idle: the service, % of a core', name: 'service', target: 3 },
  { what: 'idle: PostgreSQL, % of a core', name: 'postgres', target: null },
  { what: 'idle: requests in a minute', name: 'requests', target: null },
] as const;

function resultOf(timed: Samples, samples: Samples, experiences: number): BenchResult {
  const few = `${FEW} experiences`;
  const comparisons = ROUTES.map(({ name }) =>
    compare(name, timed.of(`${name} ${experiences}`), few, timed.of(`${name} ${FEW}`)),
  );
  return {
    bench: 'growth',
    notes: [
      `Milliseconds of a request to a database of ${experiences.toLocaleString('en')} experiences × ${WINDOW_DAYS} days, against one of ${FEW}.`,
      `One experience in ten has days of twelve slots (11 kB), the others of two. The sync is paused while requests are timed.`,
    ],
    unit: 'ms',
    comparisons,
    details: [
      { title: 'targets', rows: comparisons.map(targetRow) },
      {
        title: 'the service itself',
        rows: FACTS.map(({ what, name, target }) => {
          const ours = spreadOf(samples.of(`${name} ${experiences}`)).median;
          return {
            ...{ what, ours, [few]: spreadOf(samples.of(`${name} ${FEW}`)).median },
            target: target === null ? '' : `≤ ${target}: ${ours <= target ? 'pass' : 'short'}`,
          };
        }),
      },
    ],
  };
}

function targetRow({ measure, ours, theirs }: Comparison): Record<string, string | number> {
  const target = ROUTES.find(({ name }) => name === measure)?.target ?? null;
  // The median of each: requests of two processes are no pairs.
  const ratio = ours.median / theirs.median;
  return {
    what: measure,
    ms: ours.median,
    target:
      target === null
        ? ''
        : `≤ ${target}: ${ours.median <= target ? 'pass' : `short by ${figure(ours.median / target)} ×`}`,
    ratio,
    'target of the ratio': `≤ ${RATIO}: ${ratio <= RATIO ? 'pass' : 'short'}`,
  };
}
