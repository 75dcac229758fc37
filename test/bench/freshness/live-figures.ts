import type { Options } from '../options.js';
import { compare, figure, type BenchResult } from '../report.js';
import { accuracyRow, type AccuracyWindow } from './accuracy-windows.js';
import type { Answered } from './live-reads.js';

interface Reads {
  readonly name: string;
  readonly answers: readonly Answered[];
}

/** What was measured of one mirror. */
export interface LiveFigures extends Reads {
  /** Requests sent after the warm-up. */
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

/** @param figures ours first */
export function liveResult(
  figures: readonly LiveFigures[],
  { accuracy, optimum }: { readonly accuracy: readonly AccuracyWindow[]; readonly optimum: number },
  options: Options,
): BenchResult {
  const { seconds } = options;
  const warmUp = warmUpSeconds(seconds);
  const measured = figures.map(({ name, answers }) => ({
    ...{ name, answers: answers.filter(({ second }) => second >= warmUp) },
  }));
  const windows = Array.from({ length: Math.ceil(seconds / WINDOW_SECONDS) }, (_, i) => i * WINDOW_SECONDS);
  const [ours, ...limits] = measured.map(({ name, answers }) => ({ name, fresh: share(answers, 'fresh') }));
  return {
    bench: 'freshness, live',
    notes: notesOf(options, warmUp),
    unit: 'share of reads',
    comparisons: [...limits, { name: 'relaxed optimum', fresh: optimum }].map(({ name, fresh }) =>
      compare('fresh', [ours?.fresh ?? NaN], name, [fresh]),
    ),
    details: [
      {
        title: 'As measured',
        rows: figures.map((each, i) => summary(each, measured[i]?.answers ?? [], options, seconds - warmUp)),
      },
      {
        title: 'What it measured of itself: windows between two times that it stored (5 s), and their sum',
        rows: [accuracyRow(accuracy.filter(({ second }) => second >= warmUp))],
      },
      {
        title: 'Over time',
        rows: windows.map((from) => ({
          ...{ second: from, measured: from < warmUp ? 'no' : 'yes' },
          ...shares(figures, ({ second }) => second >= from && second < from + WINDOW_SECONDS),
        })),
      },
      {
        title: 'By lead time',
        rows: BANDS.map(({ name, from, to }) => ({
          lead: name,
          ...shares(measured, ({ lead }) => lead >= from && lead < to),
        })),
      },
    ],
  };
}

function notesOf({ experiences, budget, speed, filled, seed }: Options, warmUp: number): string[] {
  return [
    'Share of the reads that equal the truth at that moment: the built service, which asks a sandbox supplier over HTTP, beside a naive',
    `mirror that fetches every day in turn, in memory, with the same budget. ${experiences} experiences × 61 days, ${budget} requests a minute, truth ${speed} × as fast,`,
    `at the start ${filled ? 'all days within their max age' : 'nothing known'}; the first ${warmUp} s not measured, seed ${seed}. The same reads for both: Zipf popularity, lead`,
    'times by demand, no closed days, no dates after their last start. An unknown day (503) is not fresh; READ_THROUGH_WAIT=0s. The relaxed optimum knows how often each',
    'day changed in the measured time.',
  ];
}

function summary(
  { name, requests }: LiveFigures,
  answers: readonly Answered[],
  options: Options,
  seconds: number,
): Row {
  const ages = answers
    .map(({ ageSeconds }) => ageSeconds)
    .filter((age) => !Number.isNaN(age))
    .sort((a, b) => a - b);
  return {
    mirror: name,
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

/** Of the reads that pass, by mirror. */
function shares(mirrors: readonly Reads[], passes: (answer: Answered) => boolean): Row {
  const columns = mirrors.map(({ name, answers }) => {
    const some = answers.filter(passes);
    return [
      [`${name}: fresh`, share(some, 'fresh')],
      [`${name}: 503`, share(some, 'unknown')],
    ];
  });
  return Object.fromEntries(columns.flat()) as Row;
}

function share(answers: readonly Answered[], outcome: Answered['outcome']): number {
  return answers.filter((answer) => answer.outcome === outcome).length / answers.length;
}
