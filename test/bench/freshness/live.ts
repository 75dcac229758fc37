import type { Options } from '../options.js';
import { connect, startPostgres } from '../postgres.js';
import { progress } from '../progress.js';
import type { BenchResult } from '../report.js';
import { Scope } from '../scope.js';
import { LiveAccuracy } from './live-accuracy.js';
import { answersOf, confirmedDays, fill } from './live-fill.js';
import { liveResult, warmUpSeconds, type LiveFigures } from './live-figures.js';
import { liveOptimum } from './live-optimum.js';
import { LiveMirror } from './live-mirror.js';
import { ask, atPace, reads, today, type Answered, type Mirror } from './live-reads.js';
import { RoundRobinMirror } from './live-round-robin.js';
import { LiveTruth } from './live-truth.js';

const READS_PER_SECOND = 20;

/** The built service beside a naive competitor: the same supplier, the same reads, at the same time. */
export function benchLive(options: Options): Promise<BenchResult> {
  return Scope.run(async (scope) => {
    progress('freshness, live: starting PostgreSQL and the supplier');
    const database = await startPostgres(scope);
    const truth = await LiveTruth.start(scope, options);
    const days = options.filled ? confirmedDays(truth, today(), options.seed) : [];
    if (options.filled) await fill(database.client, truth.ids, days);
    progress('freshness, live: starting the mirror');
    const ours = await LiveMirror.start(scope, {
      ...{ cwd: database.dir, databaseUrl: database.url, client: database.client },
      ...{ supplierUrl: truth.url, budget: options.budget, ids: truth.ids },
    });
    const naive = new RoundRobinMirror(truth, options.budget);
    naive.begin(scope, answersOf(days));
    const accuracy = await LiveAccuracy.begin(scope, await connect(scope, database.url));
    const figures = await Promise.race([measure([ours, naive], truth, accuracy, options), ours.failed]);
    progress('freshness, live: what the optimum would have been');
    const { seed, seconds, budget } = options;
    const optimum = liveOptimum(truth, { seed, seconds: seconds - warmUpSeconds(seconds), perMinute: budget });
    return liveResult(figures, { accuracy: accuracy.windows, optimum }, options);
  });
}

async function measure(
  mirrors: readonly Mirror[],
  truth: LiveTruth,
  accuracy: LiveAccuracy,
  { seconds, seed }: Options,
): Promise<LiveFigures[]> {
  const warmUp = warmUpSeconds(seconds);
  progress(`freshness, live: reading for ${seconds} s`);
  const start = performance.now();
  const source = reads(truth, seed);
  const answers = mirrors.map((): Answered[] => []);
  const readAll = async () => {
    const read = source.next().value;
    const second = (performance.now() - start) / 1_000;
    await Promise.all(
      mirrors.map(async (mirror, i) => {
        const answered = await ask(mirror, truth, read);
        answers[i]?.push({ ...answered, second });
        // Only ours is measured by itself.
        if (i === 0) accuracy.saw(read, answered.outcome);
      }),
    );
  };
  const requests = () => Promise.all(mirrors.map((mirror) => mirror.requests()));
  await atPace(READS_PER_SECOND, warmUp, readAll);
  const before = await requests();
  await atPace(READS_PER_SECOND, seconds - warmUp, readAll);
  const after = await requests();
  return mirrors.map(({ name }, i) => ({
    ...{ name, answers: answers[i] ?? [] },
    requests: (after[i] ?? NaN) - (before[i] ?? NaN),
  }));
}
