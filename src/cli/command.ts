import type { Options, Values } from './options.js';
import type { Output } from './progress.js';

/** A command that runs beside the server: `npm run <name> -- [options]`. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  /** What it does, in a sentence. */
  readonly purpose: string;
  readonly options: O;
  /** What else the help says. */
  readonly notes?: string;
  /** @returns the exit code */
  readonly run: (values: Values<O>, streams: Streams) => Promise<number>;
  /** Says to the operator what a failure means; undefined: its message says it. */
  readonly explain?: (error: unknown) => string | undefined;
}

/** The result goes to `stdout`; progress, warnings and errors go to `stderr`. */
export interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
}

/** A result for people, or on one line for machines. */
export function resultText<T extends object>(result: T, json: boolean, textOf: (result: T) => string): string {
  return json ? `${JSON.stringify(result)}\n` : textOf(result);
}
