import type { Command, Streams } from './command.js';
import { HELP, helpOf } from './help.js';
import { parseOptions, UsageError, type Options } from './options.js';

/** The part of a process that a command needs. */
export interface CommandProcess extends Streams {
  readonly argv: readonly string[];
  exitCode?: number | string | null | undefined;
  readonly exit: (code: number) => void;
}

const FAILED = 1;
const WRONG_USE = 2;

/** Runs a command to its end. Exit codes: its own; 1 after a failure; 2 when it was called wrongly. */
export async function runCommand<O extends Options>(command: Command<O>, process: CommandProcess): Promise<void> {
  try {
    const { help, ...values } = parseOptions({ ...command.options, ...HELP }, process.argv.slice(2));
    if (help === true) process.stdout.write(helpOf(command));
    else process.exitCode = await command.run(values as never, process);
  } catch (error) {
    const isWrongUse = error instanceof UsageError;
    process.stderr.write(
      isWrongUse ? `${error.message}\n\n${helpOf(command)}` : `${command.explain?.(error) ?? textOf(error)}\n`,
    );
    // A start that failed halfway may have left timers and connections, which would keep the process alive.
    process.exit(isWrongUse ? WRONG_USE : FAILED);
  }
}

/** A fault of the program itself keeps its trace. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOurs = error instanceof TypeError || error instanceof ReferenceError;
  return isOurs ? (error.stack ?? error.message) : error.message;
}
