import { parseArgs } from 'node:util';
import { parseIds, parseInteger } from '../config/index.js';

export const USAGE = `Makes one pass over the days that are older than promised, within the budget, and ends.

  npm run sync -- [options]

  --days N           dates from today on (all that are mirrored)
  --experience ID    only this one; may be given more than once
  --fresh            also the days that are as fresh as promised
  --json             one JSON document at the end, for machines
  --help

It runs beside servers on the same database. Ends with 0 when every day was answered, 1 when some were not, 2 when it
was called wrongly. Settings are those of the server: the environment, and .env.
`;

const OPTIONS = {
  days: { type: 'string' },
  experience: { type: 'string', multiple: true },
  fresh: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const parseDays = parseInteger(1, 366);

export interface CommandLine {
  /** Undefined: the whole window. */
  readonly days: number | undefined;
  /** Null: all. */
  readonly experienceIds: readonly number[] | null;
  readonly fresh: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

export class CommandLineError extends Error {}

/** @throws CommandLineError */
export function commandLine(args: readonly string[]): CommandLine {
  const { days, experience, fresh, json, help } = explained('', () =>
    parseArgs({ args: [...args], options: OPTIONS, strict: true }),
  ).values;
  const ids = experience?.flatMap((text) => explained('--experience: ', () => idsOf(text)));
  return {
    days: days === undefined ? undefined : explained('--days: ', () => parseDays(days)),
    experienceIds: ids ? [...new Set(ids)].toSorted((a, b) => a - b) : null,
    ...{ fresh, json, help },
  };
}

function idsOf(text: string): readonly number[] {
  const ids = parseIds(text);
  if (ids.length === 0) throw new Error('says none; write an id like 14');
  return ids;
}

function explained<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new CommandLineError(where + (error instanceof Error ? error.message : String(error)));
  }
}
