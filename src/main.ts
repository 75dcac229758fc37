import './engine/index.js';
import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { AppLogger } from './app.logger.js';
import { endWithPrimary, isWorker, Primary, processSettings } from './cluster/index.js';
import { failStart, startServer } from './start.js';

async function main(): Promise<void> {
  const settings = await processSettings();
  const logger = AppLogger.for(settings);
  // Also for what is told without an application: the first of several processes has none.
  Logger.overrideLogger(logger);
  const { processes } = settings.server;
  if (isWorker()) {
    endWithPrimary(settings.graceMs);
    await startServer({ logger });
  } else if (processes > 1) {
    const primary = await Primary.open(settings, failStart);
    const url = await primary.serve();
    if (url !== undefined) new Logger('Server').log(`serving on ${url} from ${processes} processes`);
  } else {
    const { url } = await startServer({ logger });
    new Logger('Server').log(`serving on ${url}`);
  }
}

await main().catch(failStart);
