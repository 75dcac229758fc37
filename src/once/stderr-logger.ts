import type { LogLevel } from '@nestjs/common';
import { AppLogger } from '../app.logger.js';

/** What goes wrong goes to stderr: stdout is the result. */
export class StderrLogger extends AppLogger {
  constructor() {
    super({ prefix: 'Slotmirror', colors: false, logLevels: ['warn', 'error', 'fatal'] });
  }

  protected override printMessages(messages: unknown[], context?: string, logLevel?: LogLevel): void {
    super.printMessages(messages, context, logLevel, 'stderr');
  }
}
