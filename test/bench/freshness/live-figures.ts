import type { Options } from '../options.js';
import { compare, figure, type BenchResult } from '../report.js';
import type { Answered } from './live-reads.js';

/** One mirror's part of the bench. */
export interface LiveFigures {
  readonly policy: string;
  readonly answers: readonly Answered[];
  /** Requests sent within the part that is measured. */
  readonly requests: number;
}

type Row = Readonly<Record<string, string | number>>;

const WINDOW_SECONDS = 30;
const BANDS = [
  { name: 'today', from: 0, to: 1 },
  { name: 'the next six days', from: 1, to: 7 },
  { name: 'to the 30th', from: 7, to: 30 },
  { name: 'the rest', from: 30, to: Infinity },
] as const;

export function warmUpSeconds(seconds: number): number {
  return Math.floor(seconds / 3);
}

export function liveResult(value: LiveFigures, tiers: LiveFigures, options: Options): BenchResult {
  const { seconds } = options;
  const warmUp = warmUpSeconds(seconds);
  const both = [value, tiers];
  const measured = both.map(({ answers }) => answers.filter(({ second }) => second >= warmUp));
  const [ofValue = [], ofTiers = []] = measured;
  const windows = Array.from({ length: Math.ceil(seconds / WINDOW_SECONDS) }, (_, i) => i * WINDOW_SECONDS);
  const within = (from: number) =>
    both.map(({ answers }) => answers.filter(({ second: s }) => s >= from && s < from + WINDOW_SECONDS));
  const byLead = BANDS.map(({ name, from, to }): Row => {
    const reads = measured.map((answers) => answers.filter(({ lead }) => lead >= from && lead < to));
    return { lead: name, reads: reads[0]?.length ?? 0, ...shares(reads) };
  });
  return {
    bench: 'freshness, live',
    notes: notesOf(options, warmUp),
    unit: 'share of reads',
    comparisons: [compare('fresh', [share(ofValue, 'fresh')], 'SYNC_POLICY=tiers', [share(ofTiers, 'fresh')])],
    details: [
      {
        title: 'As measured',
        rows: both.map((each, i) => summary(each, measured[i] ?? [], options, seconds - warmUp)),
      },
      {
        title: 'As it went',
        rows: windows.map((from) => ({
          second: from,
          measured: from < warmUp ? 'no' : 'yes',
          ...shares(within(from)),
        })),
      },
      { title: 'By lead time', rows: byLead },
    ],
  };
}

function notesOf({ experiences, budget, speed, filled, seed }: Options, warmUp: number): string[] {
  return [
    'Share of the reads that equal the truth at that moment, in the built service: two processes that ask one sandbox supplier over',
    `HTTP, each with a budget and a database of its own. ${experiences} experiences × 61 days, ${budget} requests a minute, truth ${speed} × as fast,`,
    `at the start ${filled ? 'all days as old as the tiers leave them' : 'nothing known'}; the first ${warmUp} s not measured, seed ${seed}. The same reads for both: Zipf popularity, lead`,
    'times by demand, no closed days. A 503 (never fetched so far) is not fresh; READ_THROUGH_WAIT=0s.',
  ];
}

function summary(
  { policy, requests }: LiveFigures,
  answers: readonly Answered[],
  options: Options,
  seconds: number,
): Row {
  const ages = answers
    .map(({ ageSeconds }) => ageSeconds)
    .filter((age) => !Number.isNaN(age))
    .sort((a, b) => a - b);
  return {
    policy,
    reads: answers.length,
    fresh: share(answers, 'fresh'),
    stale: share(answers, 'stale'),
    'none (503)': share(answers, 'unknown'),
    'age p50, s': ages[Math.floor(ages.length * 0.5)] ?? NaN,
    'p95, s': ages[Math.floor(ages.length * 0.95)] ?? NaN,
    requests,
    'budget used': `${figure((requests / ((options.budget * seconds) / 60)) * 100)} %`,
  };
}

/** By value beside by tiers. */
function shares([value = [], tiers = []]: readonly (readonly Answered[])[]): Row {
  return {
    'value: fresh': share(value, 'fresh'),
    'tiers: fresh': share(tiers, 'fresh'),
    ratio: share(value, 'fresh') / share(tiers, 'fresh'),
    'value: 503': share(value, 'unknown'),
    'tiers: 503': share(tiers, 'unknown'),
  };
}

function share(answers: readonly Answered[], outcome: Answered['outcome']): number {
  return answers.filter((answer) => answer.outcome === outcome).length / answers.length;
}
