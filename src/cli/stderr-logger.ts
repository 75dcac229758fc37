import type { LogLevel } from '@nestjs/common';
import { AppLogger } from '../app.logger.js';

/** Logs warnings and errors to stderr: stdout is for the result. */
export class StderrLogger extends AppLogger {
  constructor() {
    super({ json: false, levels: ['warn', 'error', 'fatal'] }, [], false);
  }

  protected override printMessages(messages: unknown[], context?: string, logLevel?: LogLevel): void {
    super.printMessages(messages, context, logLevel, 'stderr');
  }
}
