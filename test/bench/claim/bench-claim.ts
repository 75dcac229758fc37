import type { Client } from 'pg';
import { loadPrisma, loadTime } from '../dist.js';
import { Samples, spreadOf } from '../measure.js';
import type { Options } from '../options.js';
import { connect, startPostgres, type BenchDatabase } from '../postgres.js';
import { progress } from '../progress.js';
import { compare, figure, type BenchResult } from '../report.js';
import { Scope } from '../scope.js';
import { Claimer, POLICIES, type Policy } from './claimer.js';
import { fillStanding, type Catalogue } from './standing.js';

const SIZES = [2, 2_000] as const;
const [SMALL, LARGE] = SIZES;
const WINDOW_DAYS = 61;
/** Per run, policy and catalogue. */
const CLAIMS = 200;
const WARM_UP = 40;
const WANTED_EVERY = 5;
/** As autovacuum would: in the small catalogue each day is claimed again and again here, which takes hours in real life. */
const VACUUM_EVERY = 40;
/** What the claim of the large catalogue may take, in those of the small one. */
const TARGET = 1.5;

interface Side {
  readonly size: number;
  readonly claimer: Claimer;
  readonly client: Client;
}

/** What a claim costs when the catalogue is a thousand times as large. */
export function benchClaim(options: Options): Promise<BenchResult> {
  return Scope.run(async (scope) => {
    progress('claim: starting PostgreSQL');
    const database = await startPostgres(scope);
    const sides: Side[] = [];
    for (const size of SIZES) {
      progress(`claim: filling ${size} × ${WINDOW_DAYS} days`);
      sides.push(await sideOf(scope, database, await catalogueOf(size, options.seed)));
    }
    const samples = new Samples();
    for (let run = 0; run <= options.runs; run++) {
      progress(run === 0 ? 'claim: warming up' : `claim: run ${run} of ${options.runs}`);
      for (const policy of POLICIES) await measure(sides, policy, run, samples);
    }
    return resultOf(samples, options);
  });
}

/** The catalogues take turns, claim by claim. */
async function measure(sides: readonly Side[], policy: Policy, run: number, samples: Samples): Promise<void> {
  const times = new Samples();
  for (let n = 0; n < (run === 0 ? WARM_UP : CLAIMS); n++) {
    for (const { size, claimer, client } of sides) {
      if (n % VACUUM_EVERY === 0) await client.query('VACUUM day');
      if (n % WANTED_EVERY === 0) await claimer.want();
      times.add(name('claim', policy, size), await claimer.claim(policy));
      times.add(name('find', policy, size), await claimer.find(policy));
    }
  }
  if (run === 0) return;
  for (const what of PARTS) {
    for (const { size } of sides) samples.add(name(what, policy, size), times.spread(name(what, policy, size)).median);
    for (const { size } of sides)
      samples.add(`p95 ${name(what, policy, size)}`, p95(times.of(name(what, policy, size))));
  }
}

const PARTS = ['claim', 'find'] as const;
type Part = (typeof PARTS)[number];
const TITLES: Readonly<Record<Part, string>> = { claim: 'claim', find: 'finding candidates alone' };

function resultOf(samples: Samples, { runs }: Options): BenchResult {
  const rows = PARTS.flatMap((part) => POLICIES.map((policy) => ({ part, policy })));
  const of = (part: Part, policy: Policy, size: number) => samples.of(name(part, policy, size));
  return {
    bench: 'claim',
    notes: [
      `Milliseconds to claim one day (lock the budget, find candidates, choose, lease, take the grant, commit), of ${LARGE} experiences`,
      `against ${SMALL}, ${WINDOW_DAYS} days each. Medians of ${CLAIMS} claims a run, ${runs} runs, the catalogues taking turns; what is claimed is confirmed`,
      'in between. PostgreSQL is durable (fsync on) and vacuumed. Half of the promises are broken, terms are of every tempo.',
      `The target is a ratio of at most ${TARGET}.`,
    ],
    unit: 'ms',
    comparisons: rows.map(({ part, policy }) =>
      compare(
        `${TITLES[part]}, by ${policy}`,
        of(part, policy, LARGE),
        `${SMALL} experiences`,
        of(part, policy, SMALL),
      ),
    ),
    details: [
      {
        title: 'Target',
        rows: rows.map(({ part, policy }) => {
          const { ratio } = compare('', of(part, policy, LARGE), '', of(part, policy, SMALL));
          return {
            what: `${TITLES[part]}, by ${policy}`,
            [`p95 of ${LARGE}, ms`]: spreadOf(samples.of(`p95 ${name(part, policy, LARGE)}`)).median,
            [`of ${SMALL}`]: spreadOf(samples.of(`p95 ${name(part, policy, SMALL)}`)).median,
            ratio: ratio.median,
            target: `≤ ${TARGET}: ${ratio.median <= TARGET ? 'pass' : `short by ${figure(ratio.median / TARGET)} ×`}`,
          };
        }),
      },
    ],
  };
}

function name(part: Part, policy: Policy, size: number): string {
  return `${part} ${policy} ${size}`;
}

function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? NaN;
}

async function sideOf(scope: Scope, bench: BenchDatabase, catalogue: Catalogue): Promise<Side> {
  const { Database } = await loadPrisma();
  const own = new URL(bench.url);
  own.pathname = `/claim_${catalogue.experiences}`;
  await bench.client.query(`CREATE DATABASE claim_${catalogue.experiences}`);
  await Database.open({ url: own.href, replicaUrl: undefined, dataDir: bench.dir }, () => undefined);
  const client = await connect(scope, own.href);
  await fillStanding(client, catalogue);
  return { size: catalogue.experiences, claimer: await Claimer.start(scope, own.href, catalogue), client };
}

async function catalogueOf(experiences: number, seed: number): Promise<Catalogue> {
  const { datesFrom, localDateAt } = await loadTime();
  return { experiences, seed, dates: datesFrom(localDateAt(new Date(), 'Asia/Singapore'), WINDOW_DAYS) };
}
