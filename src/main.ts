import './tick-shape.js';
import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { AppLogger } from './app.logger.js';
import { endWithPrimary, isWorker, Primary, processSettings } from './cluster/index.js';
import type { ServerSettings } from './config/index.js';
import { addressOf, Drain, listenProblem } from './http/index.js';
import { endFirstProcessOnSignals } from './first-process.js';
import { failStart, startServer, type RunningServer } from './start.js';

async function main(): Promise<void> {
  endFirstProcessOnSignals();
  const settings = await processSettings();
  const logger = AppLogger.for(settings);
  // Also for what is told without an application: the first of several processes has none.
  Logger.overrideLogger(logger);
  const { processes } = settings.server;
  if (isWorker()) {
    endWithPrimary(settings.graceMs);
    await serve(logger, settings.server);
  } else if (processes > 1) {
    const primary = await Primary.open(settings, failStart);
    const port = await primary.serve();
    if (port === undefined) return;
    new Logger('Server').log(`serving on ${addressOf(settings.server.host, port)} from ${processes} processes`);
  } else {
    const { url } = await serve(logger, settings.server);
    new Logger('Server').log(`serving on ${url}`);
  }
}

/** A server that ends in time when it is told to, whatever holds it up. */
async function serve(logger: AppLogger, settings: ServerSettings): Promise<RunningServer> {
  const server = await startServer({ logger }).catch((error: unknown) => {
    throw listenProblem(error, settings);
  });
  server.app.get(Drain).onOverdue(() => {
    new Logger('Server').warn('what was under way did not end in time and is left: the next start takes it up');
    process.exit(1);
  });
  return server;
}

await main().catch(failStart);
