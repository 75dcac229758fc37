import { setTimeout as sleep } from 'node:timers/promises';
import { loadPrisma } from '../dist.js';
import type { Options } from '../options.js';
import { connect, startPostgres, type BenchDatabase } from '../postgres.js';
import { progress } from '../progress.js';
import type { BenchResult } from '../report.js';
import { Scope } from '../scope.js';
import { confirmedDays, fill } from './live-fill.js';
import { liveResult, warmUpSeconds, type LiveFigures } from './live-figures.js';
import { LiveMirror, POLICIES, type Policy } from './live-mirror.js';
import { ask, atPace, reads, today, type Answered, type Read } from './live-reads.js';
import { LiveTruth } from './live-truth.js';

const READS_PER_SECOND = 20;

interface Running {
  readonly mirror: LiveMirror;
  readonly origin: string;
  readonly answers: Answered[];
}

/** The running service by value beside the one by tiers: the same supplier, the same reads, at the same time. */
export function benchLive(options: Options): Promise<BenchResult> {
  return Scope.run(async (scope) => {
    progress('freshness, live: starting PostgreSQL and the supplier');
    const database = await startPostgres(scope);
    const truth = await LiveTruth.start(scope, options);
    const rows = options.filled ? confirmedDays(truth, today(), options.seed) : [];
    const running: Running[] = [];
    for (const policy of POLICIES) {
      const { url, client } = await emptyDatabase(scope, database, policy);
      if (options.filled) await fill(client, truth.ids, rows);
      progress(`freshness, live: starting the mirror by ${policy}`);
      const common = { cwd: database.dir, supplierUrl: truth.url, budget: options.budget, ids: truth.ids };
      running.push({
        ...(await LiveMirror.start(scope, { policy, databaseUrl: url, client, ...common })),
        answers: [],
      });
    }
    const reading = measure(running, truth, options);
    const figures = await Promise.race([reading, ...running.map(({ mirror }) => mirror.failed)]);
    return liveResult(of('value', figures), of('tiers', figures), options);
  });
}

async function measure(
  running: readonly Running[],
  truth: LiveTruth,
  { seconds, seed }: Options,
): Promise<LiveFigures[]> {
  const warmUp = warmUpSeconds(seconds);
  progress(`freshness, live: reading for ${seconds} s`);
  const start = performance.now();
  const source = reads(truth, seed);
  const readBoth = async () => {
    const read = source.next().value;
    const second = (performance.now() - start) / 1_000;
    await Promise.all(running.map((each) => readFrom(each, truth, read, second)));
  };
  await atPace(READS_PER_SECOND, warmUp, readBoth);
  const before = await requestsOf(running);
  await atPace(READS_PER_SECOND, seconds - warmUp, readBoth);
  const after = await requestsOf(running);
  return running.map(({ mirror: { policy }, answers }, i) => {
    return { policy, answers, requests: (after[i] ?? NaN) - (before[i] ?? NaN) };
  });
}

async function readFrom(
  { mirror, origin, answers }: Running,
  truth: LiveTruth,
  read: Read,
  second: number,
): Promise<void> {
  try {
    answers.push({ ...(await ask(origin, truth, read)), second });
  } catch (error) {
    // A connection breaks before its process has ended: why it ended says more.
    await Promise.race([mirror.failed, sleep(1_000)]);
    throw error;
  }
}

function requestsOf(running: readonly Running[]): Promise<number[]> {
  return Promise.all(running.map(({ mirror }) => mirror.requests()));
}

/** Migrated, in the PostgreSQL of the bench. */
async function emptyDatabase(scope: Scope, { client, url, dir }: BenchDatabase, policy: Policy) {
  await client.query(`CREATE DATABASE live_${policy}`);
  const own = new URL(url);
  own.pathname = `/live_${policy}`;
  const { Database } = await loadPrisma();
  await Database.open({ url: own.href, replicaUrl: undefined, dataDir: dir }, () => undefined);
  return { url: own.href, client: await connect(scope, own.href) };
}

function of(policy: Policy, figures: readonly LiveFigures[]): LiveFigures {
  const found = figures.find((each) => each.policy === policy);
  if (!found) throw new Error(`nothing was measured by ${policy}`);
  return found;
}
