import { parseArgs } from 'node:util';

export const BENCHES = ['record', 'reads', 'freshness'] as const;
export type BenchName = (typeof BENCHES)[number];

export interface Options {
  readonly benches: readonly BenchName[];
  readonly json: boolean;
  readonly help: boolean;
  /** How long one load of the reads takes. */
  readonly seconds: number;
  readonly runs: number;
  readonly experiences: number;
  /** Dates per experience that `record` records. */
  readonly recordDates: number;
  /** Days that the one-statement-per-row competitors of `record` get; they are too slow for all. */
  readonly upsertDays: number;
  readonly seed: number;
}

export const USAGE = `Usage: npm run bench -- [record] [reads] [freshness] [options]

  record     storing days: DayRepository against COPY and against one upsert per row
  reads      serving days over HTTP: the built server against node:http, Fastify, and Fastify with one prepared statement
  freshness  how often a reader sees the truth when the budget is short, simulated: our tiers against other choices

Without a name, all run. Ratios are taken within one run, with the contenders taking turns.

  --json              the results on stdout as JSON, nothing else
  --seconds <n>       length of one load of the reads (5)
  --runs <n>          how often everything is measured (3); the tables show median and range
  --experiences <n>   size of the catalogue (450)
  --record-dates <n>  dates per experience that are recorded (4)
  --upsert-days <n>   days that the slow competitors of "record" get (240)
  --seed <n>          of the made-up days (1)
  --help
`;

/** What was typed cannot be meant. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const benches = positionals.map((word) => {
    const bench = BENCHES.find((name) => name === word);
    if (bench === undefined) throw new UsageError(`"${word}" is not a bench`);
    return bench;
  });
  return {
    benches: benches.length > 0 ? BENCHES.filter((name) => benches.includes(name)) : BENCHES,
    json: values.json ?? false,
    help: values.help ?? false,
    seconds: count('seconds', values.seconds, 5),
    runs: count('runs', values.runs, 3),
    experiences: count('experiences', values.experiences, 450),
    recordDates: count('record-dates', values['record-dates'], 4),
    upsertDays: count('upsert-days', values['upsert-days'], 240),
    seed: count('seed', values.seed, 1),
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
