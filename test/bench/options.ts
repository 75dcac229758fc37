import { parseArgs } from 'node:util';

export const BENCHES = ['record', 'reads', 'freshness', 'claim', 'feed', 'growth'] as const;
export type BenchName = (typeof BENCHES)[number];

/** Rows of `reads` that take long. */
export const SLOW = ['large', 'memory', 'start'] as const;
export type Slow = (typeof SLOW)[number];

export interface Options {
  readonly benches: readonly BenchName[];
  readonly json: boolean;
  readonly help: boolean;
  /** How long one load of the reads takes, or all of the live freshness. */
  readonly seconds: number;
  readonly runs: number;
  readonly experiences: number;
  /** The large catalogue of `growth`. */
  readonly grown: number;
  /** Dates per experience that `record` records. */
  readonly recordDates: number;
  /** Days that the one-statement-per-row competitors of `record` get; they are too slow for all. */
  readonly upsertDays: number;
  readonly seed: number;
  readonly skip: readonly Slow[];
  /** Only simulated worlds whose name begins with this. */
  readonly world: string;
  /** Freshness of the running service, in place of the simulation. */
  readonly live: boolean;
  /** Live, begin with every day confirmed within its max age. */
  readonly filled: boolean;
  /** Requests a minute of each live mirror. */
  readonly budget: number;
  /** How many times faster than usual the live supplier's days change. */
  readonly speed: number;
}

export const USAGE = `Usage: npm run bench -- [record] [reads] [freshness] [claim] [feed] [growth] [options]

  record     storing days: DayRepository against COPY and against one upsert per row
  reads      serving days over HTTP: the built server against node:http, Fastify, and Fastify with one prepared statement
  freshness  how often a reader sees the truth when the budget is insufficient, simulated: Slotmirror against other ways to
             choose and the relaxed optimum; with --live, the running service against a naive mirror of one sandbox supplier
  claim      claiming the next day: 2 experiences against 2,000
  feed       how soon another process's reader of the change feed sees a change, and what 1,000 idle streams cost
  growth     what status, metrics, pages, a start and standing idle cost with 20,000 experiences, against 200

Without a name, all run. Ratios are taken within one run, in which the contenders alternate.

  --json              the results on stdout as JSON, nothing else
  --seconds <n>       length of one load of the reads and of the feed (5), or of the live freshness (240; its first third is warm-up)
  --runs <n>          how often everything is measured (3); the tables show median and range
  --experiences <n>   size of the catalogue (450; live: 200; growth: 20,000)
  --record-dates <n>  dates per experience that are recorded (4)
  --upsert-days <n>   days that the slow competitors of "record" get (240)
  --seed <n>          of the made-up days, and of the reads (1)
  --skip <row>        of the reads, more than once if need be: "large" (5,000 experiences), "memory" (60 s of load), "start"
  --world <text>      freshness: only the simulated worlds whose name begins with this, as "450 / 30"
  --live              freshness in the running service, in place of the simulation
  --budget <n>        live: requests a minute of each mirror (120)
  --speed <n>         live: how many times faster than usual the supplier's days change (60)
  --filled            live: begin with every day confirmed within its max age; otherwise with nothing known
  --help
`;

/** The command line is wrong. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const benches = positionals.map((word) => {
    const bench = BENCHES.find((name) => name === word);
    if (bench === undefined) throw new UsageError(`"${word}" is not a bench`);
    return bench;
  });
  const skip = (values.skip ?? []).map((word) => {
    const row = SLOW.find((name) => name === word);
    if (row === undefined) throw new UsageError(`--skip takes one of ${SLOW.join(', ')}, not "${word}"`);
    return row;
  });
  const live = values.live ?? false;
  if (live && (benches.length !== 1 || benches[0] !== 'freshness')) {
    throw new UsageError('--live is for freshness alone: npm run bench -- freshness --live');
  }
  return {
    benches: benches.length > 0 ? BENCHES.filter((name) => benches.includes(name)) : BENCHES,
    json: values.json ?? false,
    help: values.help ?? false,
    seconds: count('seconds', values.seconds, live ? 240 : 5),
    runs: count('runs', values.runs, 3),
    experiences: count('experiences', values.experiences, live ? 200 : 450),
    grown: count('experiences', values.experiences, 20_000),
    recordDates: count('record-dates', values['record-dates'], 4),
    upsertDays: count('upsert-days', values['upsert-days'], 240),
    seed: count('seed', values.seed, 1),
    skip,
    world: values.world ?? '',
    live,
    filled: values.filled ?? false,
    budget: count('budget', values.budget, 120),
    speed: count('speed', values.speed, 60),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: flag,
        help: flag,
        seconds: text,
        runs: text,
        experiences: text,
        'record-dates': text,
        'upsert-days': text,
        seed: text,
        skip: { type: 'string', multiple: true },
        world: text,
        live: flag,
        filled: flag,
        budget: text,
        speed: text,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function count(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError(`--${name} takes a whole number from 1 on, not "${text}"`);
  return Number(text);
}
