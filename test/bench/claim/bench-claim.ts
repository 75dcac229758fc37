import type { Client } from 'pg';
import { loadTime } from '../dist.js';
import { Samples, spreadOf } from '../measure.js';
import type { Options } from '../options.js';
import { anotherDatabase, startPostgres, type BenchDatabase } from '../postgres.js';
import { progress } from '../progress.js';
import { compare, figure, type BenchResult } from '../report.js';
import { Scope } from '../scope.js';
import { Claimer } from './claimer.js';
import { fillStanding, type Catalogue } from './standing.js';

const [SMALL, LARGE] = [2, 2_000] as const;
const SUPPLIERS = 5;
/** The same experiences at several suppliers. */
const SHARED = `${SUPPLIERS} × ${LARGE / SUPPLIERS}`;
const CATALOGUES = [
  { name: String(SMALL), experiences: SMALL, suppliers: 1 },
  { name: String(LARGE), experiences: LARGE, suppliers: 1 },
  { name: SHARED, experiences: LARGE, suppliers: SUPPLIERS },
] as const;
const WINDOW_DAYS = 61;
/** Per run and catalogue. */
const CLAIMS = 200;
const WARM_UP = 40;
const REQUESTED_EVERY = 5;
/** As autovacuum does: here the small catalogue is claimed over and over within minutes, which takes hours in operation. */
const VACUUM_EVERY = 40;
/** The claim of the large catalogue by that of the small one, at most. */
const TARGET = 1.5;
/** The claim at one of several suppliers by that at one which has all experiences, at most. */
const SHARED_TARGET = 1.2;

interface Side {
  readonly name: string;
  readonly claimer: Claimer;
  readonly client: Client;
}

/** What a claim costs when the catalogue is a thousand times as large, or has several suppliers. */
export function benchClaim(options: Options): Promise<BenchResult> {
  return Scope.run(async (scope) => {
    progress('claim: starting PostgreSQL');
    const database = await startPostgres(scope);
    const sides: Side[] = [];
    for (const catalogue of CATALOGUES) {
      progress(`claim: filling ${catalogue.name} experiences × ${WINDOW_DAYS} days`);
      sides.push(await sideOf(scope, database, await catalogueOf(catalogue, options.seed)));
    }
    const samples = new Samples();
    progress('claim: warming up');
    await measure(sides, WARM_UP, new Samples());
    for (let run = 1; run <= options.runs; run++) {
      progress(`claim: run ${run} of ${options.runs}`);
      await measure(sides, CLAIMS, samples);
    }
    return resultOf(samples, options);
  });
}

/** The catalogues alternate, claim by claim. */
async function measure(sides: readonly Side[], claims: number, samples: Samples): Promise<void> {
  const times = new Samples();
  for (let n = 0; n < claims; n++) {
    for (const { name, claimer, client } of sides) {
      if (n % VACUUM_EVERY === 0) await client.query('VACUUM day');
      if (n % REQUESTED_EVERY === 0) await claimer.request();
      times.add(`claim ${name}`, await claimer.claim());
      times.add(`find ${name}`, await claimer.find());
    }
  }
  for (const part of PARTS) {
    for (const { name } of sides) {
      samples.add(`${part} ${name}`, times.spread(`${part} ${name}`).median);
      samples.add(`p95 ${part} ${name}`, p95(times.of(`${part} ${name}`)));
    }
  }
}

const PARTS = ['claim', 'find'] as const;
const RATIOS = [
  { ours: String(LARGE), limit: String(SMALL), target: TARGET },
  { ours: SHARED, limit: String(LARGE), target: SHARED_TARGET },
] as const;
const TITLES = { claim: 'claim', find: 'finding candidates alone' } as const;

function resultOf(samples: Samples, { runs }: Options): BenchResult {
  const comparisons = RATIOS.flatMap(({ ours, limit }) =>
    PARTS.map((part) =>
      compare(
        `${TITLES[part]}, ${ours} experiences`,
        samples.of(`${part} ${ours}`),
        `${limit} experiences`,
        samples.of(`${part} ${limit}`),
      ),
    ),
  );
  return {
    bench: 'claim',
    notes: [
      `Milliseconds to claim one day (lock the budget, find candidates, choose, lease, take the grant, commit), of ${LARGE} experiences`,
      `against ${SMALL}, and of ${SUPPLIERS} suppliers with ${LARGE / SUPPLIERS} each against one with all; ${WINDOW_DAYS} days each. Medians of ${CLAIMS} claims a run, ${runs} runs, the catalogues alternating; what is claimed is recorded`,
      'in between. PostgreSQL is durable (fsync on) and vacuumed. Half of the days are older than their max age, and every interval',
      `class has days. The targets are ratios of at most ${TARGET} and ${SHARED_TARGET}.`,
    ],
    unit: 'ms',
    comparisons,
    details: [
      {
        title: 'targets',
        rows: RATIOS.flatMap(({ ours, limit, target }, r) =>
          PARTS.map((part, i) => {
            const ratio = comparisons[r * PARTS.length + i]?.ratio.median ?? NaN;
            return {
              what: `${TITLES[part]}, ${ours} experiences`,
              'p95, ms': spreadOf(samples.of(`p95 ${part} ${ours}`)).median,
              'p95 of the limit': spreadOf(samples.of(`p95 ${part} ${limit}`)).median,
              ratio,
              target: `≤ ${target}: ${ratio <= target ? 'pass' : `short by ${figure(ratio / target)} ×`}`,
            };
          }),
        ),
      },
    ],
  };
}

function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? NaN;
}

async function sideOf(scope: Scope, bench: BenchDatabase, catalogue: Catalogue): Promise<Side> {
  const { name } = catalogue;
  const { url, client } = await anotherDatabase(scope, bench, `claim_${name.replaceAll(/\W+/g, '_')}`);
  await fillStanding(client, catalogue);
  return { name, claimer: await Claimer.start(scope, url, catalogue), client };
}

async function catalogueOf(
  { name, experiences, suppliers }: (typeof CATALOGUES)[number],
  seed: number,
): Promise<Catalogue> {
  const { datesFrom, localDateAt } = await loadTime();
  const dates = datesFrom(localDateAt(new Date(), 'Asia/Singapore'), WINDOW_DAYS);
  const names = Array.from({ length: suppliers }, (_, i) => `supplier-${i + 1}`);
  return { name, suppliers: names, experiences, seed, dates };
}
