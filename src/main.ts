import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { AppLogger } from './app.logger.js';
import { isProduction } from './config/index.js';
import { failStart, startServer } from './start.js';

try {
  const { url } = await startServer({ logger: AppLogger.for(isProduction()) });
  new Logger('Server').log(`serving on ${url}`);
} catch (error) {
  failStart(error);
}
