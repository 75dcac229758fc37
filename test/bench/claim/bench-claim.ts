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

const SIZES = [2, 2_000] as const;
const [SMALL, LARGE] = SIZES;
const WINDOW_DAYS = 61;
/** Per run and catalogue. */
const CLAIMS = 200;
const WARM_UP = 40;
const REQUESTED_EVERY = 5;
/** As autovacuum does: here the small catalogue is claimed over and over within minutes, which takes hours in operation. */
const VACUUM_EVERY = 40;
/** The claim of the large catalogue by that of the small one, at most. */
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
    for (const { size, claimer, client } of sides) {
      if (n % VACUUM_EVERY === 0) await client.query('VACUUM day');
      if (n % REQUESTED_EVERY === 0) await claimer.request();
      times.add(`claim ${size}`, await claimer.claim());
      times.add(`find ${size}`, await claimer.find());
    }
  }
  for (const part of PARTS) {
    for (const { size } of sides) {
      samples.add(`${part} ${size}`, times.spread(`${part} ${size}`).median);
      samples.add(`p95 ${part} ${size}`, p95(times.of(`${part} ${size}`)));
    }
  }
}

const PARTS = ['claim', 'find'] as const;
const TITLES = { claim: 'claim', find: 'finding candidates alone' } as const;

function resultOf(samples: Samples, { runs }: Options): BenchResult {
  const comparisons = PARTS.map((part) =>
    compare(TITLES[part], samples.of(`${part} ${LARGE}`), `${SMALL} experiences`, samples.of(`${part} ${SMALL}`)),
  );
  return {
    bench: 'claim',
    notes: [
      `Milliseconds to claim one day (lock the budget, find candidates, choose, lease, take the grant, commit), of ${LARGE} experiences`,
      `against ${SMALL}, ${WINDOW_DAYS} days each. Medians of ${CLAIMS} claims a run, ${runs} runs, the catalogues alternating; what is claimed is recorded`,
      'in between. PostgreSQL is durable (fsync on) and vacuumed. Half of the days are older than their max age, and every interval',
      `class has days. The target is a ratio of at most ${TARGET}.`,
    ],
    unit: 'ms',
    comparisons,
    details: [
      {
        title: 'targets',
        rows: PARTS.map((part, i) => {
          const ratio = comparisons[i]?.ratio.median ?? NaN;
          return {
            what: TITLES[part],
            [`p95 of ${LARGE}, ms`]: spreadOf(samples.of(`p95 ${part} ${LARGE}`)).median,
            [`of ${SMALL}`]: spreadOf(samples.of(`p95 ${part} ${SMALL}`)).median,
            ratio,
            target: `≤ ${TARGET}: ${ratio <= TARGET ? 'pass' : `short by ${figure(ratio / TARGET)} ×`}`,
          };
        }),
      },
    ],
  };
}

function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? NaN;
}

async function sideOf(scope: Scope, bench: BenchDatabase, catalogue: Catalogue): Promise<Side> {
  const { url, client } = await anotherDatabase(scope, bench, `claim_${catalogue.experiences}`);
  await fillStanding(client, catalogue);
  return { size: catalogue.experiences, claimer: await Claimer.start(scope, url, catalogue), client };
}

async function catalogueOf(experiences: number, seed: number): Promise<Catalogue> {
  const { datesFrom, localDateAt } = await loadTime();
  return { experiences, seed, dates: datesFrom(localDateAt(new Date(), 'Asia/Singapore'), WINDOW_DAYS) };
}
