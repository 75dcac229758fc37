import 'reflect-metadata';
import { EnvironmentError } from '../config/index.js';
import { capacityPlan, capacityReport } from '../sync/index.js';
import { CommandLineError, USAGE, commandLine } from './command-line.js';
import { configured } from './configured.js';
import { planText } from './plan-text.js';

async function main(args: readonly string[]): Promise<void> {
  const { help, json, ...asked } = commandLine(args);
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const given = await configured();
  const experiences = asked.experiences ?? given.experiences;
  if (experiences === 0) throw new CommandLineError('EXPERIENCES lists none: say how many with --experiences N');
  const requestsPerMinute = asked.budget ?? given.budget;
  const plan = capacityPlan({ experiences, requestsPerMinute, tiers: asked.tiers ?? given.tiers });
  const report = capacityReport(plan);
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : planText(report));
}

function explain(error: unknown): void {
  const isWrongUse = error instanceof CommandLineError;
  const why = error instanceof Error ? error.message : String(error);
  const isExplained = isWrongUse || error instanceof EnvironmentError;
  process.stderr.write(isExplained ? `${why}\n${isWrongUse ? `\n${USAGE}` : ''}` : `There is no plan: ${why}\n`);
  process.exitCode = isWrongUse ? 2 : 1;
}

await main(process.argv.slice(2)).catch(explain);
