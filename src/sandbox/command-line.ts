import { parseArgs } from 'node:util';

export const USAGE = `A supplier to try things with: it speaks the Leap API.

  npm run sandbox -- [options]

  --port N                 where it listens (4010)
  --host NAME              127.0.0.1: this machine only
  --experiences N          how many products it sells, from id 14 on (5)
  --seed N                 another seed, another truth (1)
  --requests-per-minute N  above it, it answers 429 (30)
  --speed N                how many times faster than real time prices and places change (1)
  --help
`;

const OPTIONS = {
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
  experiences: { type: 'string', default: '5' },
  seed: { type: 'string', default: '1' },
  'requests-per-minute': { type: 'string', default: '30' },
  speed: { type: 'string', default: '1' },
  help: { type: 'boolean', default: false },
} as const;

export interface CommandLine {
  port: number;
  host: string;
  experiences: number;
  seed: number;
  requestsPerMinute: number;
  speed: number;
  help: boolean;
}

export class CommandLineError extends Error {}

export function commandLine(args: readonly string[]): CommandLine {
  const values = parsed(args);
  return {
    port: whole('port', values.port, 0, 65_535),
    host: values.host,
    experiences: whole('experiences', values.experiences, 1, 1_000_000),
    seed: whole('seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
    requestsPerMinute: whole('requests-per-minute', values['requests-per-minute'], 1, 1_000_000),
    speed: speed(values.speed),
    help: values.help,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new CommandLineError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new CommandLineError(`--${name} must be a whole number from ${least} to ${most}, not '${text}'`);
}

function speed(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new CommandLineError(`--speed must be a number of 0 or more, not '${text}'`);
}
