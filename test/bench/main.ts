import { cpus } from 'node:os';
import { benchClaim } from './claim/bench-claim.js';
import { benchFeed } from './feed/bench-feed.js';
import { benchFreshness } from './freshness/bench-freshness.js';
import { benchLive } from './freshness/live.js';
import { benchGrowth } from './growth/bench-growth.js';
import { readOptions, USAGE, UsageError, type BenchName, type Options } from './options.js';
import { benchReads } from './reads/bench-reads.js';
import { benchRecord } from './record/bench-record.js';
import { printed, type BenchResult } from './report.js';

const RUN: Readonly<Record<BenchName, (options: Options) => Promise<BenchResult>>> = {
  record: benchRecord,
  reads: benchReads,
  freshness: (options) => (options.live ? benchLive(options) : benchFreshness(options)),
  claim: benchClaim,
  feed: benchFeed,
  growth: benchGrowth,
};

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  const results: BenchResult[] = [];
  for (const name of options.benches) {
    const result = await RUN[name](options);
    results.push(result);
    if (!options.json) process.stdout.write(`${printed(result)}\n`);
  }
  if (options.json) {
    const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
    process.stdout.write(`${JSON.stringify({ machine, options, results }, undefined, 2)}\n`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}`);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
