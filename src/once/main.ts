import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import type { EnvironmentSource } from '../config/index.js';
import { CommandLineError, commandLine, USAGE, type CommandLine } from './command-line.js';
import { onePass } from './one-pass.js';
import { PassProgress } from './pass-progress.js';
import { StderrLogger } from './stderr-logger.js';

async function main(args: readonly string[]): Promise<void> {
  const order = commandLine(args);
  if (order.help) {
    process.stdout.write(USAGE);
    return;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  process.exitCode = await run(order, stop.signal);
}

/** Nothing is served here: where no admin key is set, none has to be made and told. */
const environment: EnvironmentSource = {
  overrides: ({ ADMIN_API_KEY, ADMIN_API_KEYS }) =>
    ADMIN_API_KEY || ADMIN_API_KEYS ? {} : { ADMIN_API_KEY: randomUUID() },
};

/** @returns the exit code */
async function run(order: CommandLine, stop: AbortSignal): Promise<number> {
  const logger = new StderrLogger();
  Logger.overrideLogger(logger);
  const options = { logger, abortOnError: false };
  const app = await NestFactory.createApplicationContext(
    await AppModule.register({ intervals: false, environment }),
    options,
  );
  try {
    const progress = order.json ? undefined : new PassProgress(process.stdout);
    const report = await onePass(app, order, (soFar) => progress?.show(soFar), stop);
    if (progress) progress.end(report);
    else process.stdout.write(`${JSON.stringify(report)}\n`);
    return report.state === 'done' ? 0 : 1;
  } finally {
    await app.close();
  }
}

function explain(error: unknown): void {
  const isWrongUse = error instanceof CommandLineError;
  const why = error instanceof Error ? error.message : String(error);
  const hint = why.includes('is already running') ? 'Let that one do it: POST /api/v1/sync/run\n' : '';
  process.stderr.write(`${why}\n${hint}${isWrongUse ? `\n${USAGE}` : ''}`);
  process.exitCode = isWrongUse ? 2 : 1;
}

await main(process.argv.slice(2)).catch(explain);
