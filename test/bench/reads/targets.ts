import { figure, type Detail } from '../report.js';
import type { ReadFigures } from './figures.js';
import type { MemoryFigures } from './memory.js';

/** The names of the contests. */
export const CACHED = {
  slots: 'slots, cached',
  dates: 'dates, cached',
  known: '304, cached',
  octo: 'OCTO, cached',
  availability: 'availability of all on a date, cached',
} as const;
export const MISSED = {
  slots: 'slots, every request a miss',
  dates: 'dates, every request a miss',
  availability: 'availability of all on a date, every request a miss',
} as const;
export const LARGE = 'slots, every request a miss, by the size of the catalogue';
export const RECORDING = 'slots, cached, while days are recorded';

type Row = Detail['rows'][number];

/** Figures that come from no contest; undefined: skipped. */
export interface OtherFigures {
  readonly memory: MemoryFigures | undefined;
  /** Seconds. */
  readonly start: number | undefined;
  /** Days a second. */
  readonly recorded: number;
}

/** Whether each target was reached. */
export function targetsOf(figures: ReadFigures, { memory, start, recorded }: OtherFigures): readonly Row[] {
  return [
    atLeast(0.85, 'slots, cached: requests/s by those of node:http', figures.ratio(CACHED.slots, 'rate')),
    atLeast(0.85, 'dates, cached: the same', figures.ratio(CACHED.dates, 'rate')),
    atLeast(0.8, '304: the same', figures.ratio(CACHED.known, 'rate')),
    atLeast(0.85, 'OCTO availability of a date, cached: the same', figures.ratio(CACHED.octo, 'rate')),
    atLeast(0.85, 'availability of all on a date, cached: the same', figures.ratio(CACHED.availability, 'rate')),
    atLeast(0.8, 'slots, a miss: requests/s by those of Fastify + pg', figures.ratio(MISSED.slots, 'rate')),
    atLeast(0.8, 'dates, a miss: the same', figures.ratio(MISSED.dates, 'rate')),
    atLeast(0.7, 'availability of all on a date, a miss: the same', figures.ratio(MISSED.availability, 'rate')),
    atMost(1.3, 'p99 of a miss at 5,000 experiences by that of few', figures.ratio(LARGE, 'p99')),
    atMost(2, 'p99 of a hit while days are recorded by that in quiet', figures.ratio(RECORDING, 'p99')),
    atLeast(90, '  days recorded a second meanwhile', recorded),
    atMost(220, 'resident MB after 60 s of load', memory?.megabytes),
    atMost(1.05, 'resident MB of the last 10 s by those of 20 s before', memory?.growth),
    atMost(2.5, 'seconds from the start to the first 200', start),
  ];
}

function atLeast(least: number, measure: string, reached: number | undefined): Row {
  return row(measure, `≥ ${least}`, reached, (value) => value >= least);
}

function atMost(most: number, measure: string, reached: number | undefined): Row {
  return row(measure, `≤ ${most}`, reached, (value) => value <= most);
}

function row(measure: string, target: string, reached: number | undefined, passes: (value: number) => boolean): Row {
  if (reached === undefined) return { measure, target, reached: '-', verdict: 'skipped' };
  return { measure, target, reached: figure(reached), verdict: passes(reached) ? 'pass' : 'short' };
}
