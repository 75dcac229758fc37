import { CommandLineError, USAGE, commandLine } from './command-line.js';
import { greeting } from './greeting.js';
import { SandboxSupplier } from './sandbox-supplier.js';

async function main(args: readonly string[]): Promise<void> {
  const options = commandLine(args);
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { experiences: products, seed, requestsPerMinute, speed } = options;
  const sandbox = new SandboxSupplier({ products, seed, requestsPerMinute, speed });
  const url = await sandbox.start(options);
  process.stdout.write(greeting(url, sandbox.products(), requestsPerMinute));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.stop());
}

function explain(error: unknown): void {
  const isWrongUse = error instanceof CommandLineError;
  process.stderr.write(
    isWrongUse ? `${error.message}\n\n${USAGE}` : `The sandbox supplier did not start: ${why(error)}\n`,
  );
  process.exitCode = isWrongUse ? 2 : 1;
}

function why(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTaken = 'code' in error && error.code === 'EADDRINUSE';
  return isTaken ? 'the port is taken. Choose another with --port, or --port 0 for any free one.' : error.message;
}

await main(process.argv.slice(2)).catch(explain);
