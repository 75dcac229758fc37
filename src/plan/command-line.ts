import { parseArgs } from 'node:util';
import { parseInteger, parseRequestsPerMinute, parseTiers, type Tier } from '../config/index.js';

export const USAGE = `Reckons whether a budget keeps the promises of the tiers. Asks neither the supplier nor a database.

  npm run plan -- [options]

  --experiences N  how many are mirrored (as many as EXPERIENCES lists)
  --budget N       requests a minute (SUPPLIER_REQUESTS_PER_MINUTE)
  --tiers TIERS    days:age pairs like 1:15m,7:4h,30:24h,61:24h (SYNC_TIERS)
  --json           for machines
  --help

What is not given is taken from the environment and .env, as the server does.
`;

const OPTIONS = {
  experiences: { type: 'string' },
  budget: { type: 'string' },
  tiers: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const PARSERS = {
  experiences: parseInteger(1, 100_000),
  budget: parseRequestsPerMinute,
  tiers: parseTiers,
};

/** What is undefined was not given. */
export interface CommandLine {
  readonly experiences: number | undefined;
  /** Requests a minute. */
  readonly budget: number | undefined;
  readonly tiers: readonly Tier[] | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

export class CommandLineError extends Error {}

export function commandLine(args: readonly string[]): CommandLine {
  const { experiences, budget, tiers, json, help } = parsed(args);
  return {
    experiences: valueOf('experiences', experiences, PARSERS.experiences),
    budget: valueOf('budget', budget, PARSERS.budget),
    tiers: valueOf('tiers', tiers, PARSERS.tiers),
    json,
    help,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new CommandLineError(error instanceof Error ? error.message : String(error));
  }
}

function valueOf<T>(name: string, text: string | undefined, parse: (text: string) => T): T | undefined {
  try {
    return text === undefined ? undefined : parse(text);
  } catch (error) {
    throw new CommandLineError(`--${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
