import { CommandLineError, USAGE, commandLine } from './command-line.js';
import { greeting } from './greeting.js';
import { SandboxPartner } from './sandbox-partner.js';

async function main(args: readonly string[]): Promise<void> {
  const options = commandLine(args);
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { experiences: products, seed, requestsPerMinute, speed } = options;
  const partner = new SandboxPartner({ products, seed, requestsPerMinute, speed });
  const url = await partner.start(options);
  process.stdout.write(greeting(url, partner.products(), requestsPerMinute));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void partner.stop());
}

function explain(error: unknown): void {
  const isWrongUse = error instanceof CommandLineError;
  process.stderr.write(
    isWrongUse ? `${error.message}\n\n${USAGE}` : `The sandbox partner did not start: ${why(error)}\n`,
  );
  process.exitCode = isWrongUse ? 2 : 1;
}

function why(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTaken = 'code' in error && error.code === 'EADDRINUSE';
  return isTaken ? 'the port is taken. Choose another with --port, or --port 0 for any free one.' : error.message;
}

await main(process.argv.slice(2)).catch(explain);
