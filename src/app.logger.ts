import { isatty } from 'node:tty';
import { ConsoleLogger } from '@nestjs/common';

/** What Nest tells about its own wiring at every start, and nobody reads. */
const WIRING = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

/** JSON lines in production, readable ones elsewhere. */
export class AppLogger extends ConsoleLogger {
  static for(production: boolean): AppLogger {
    return new AppLogger({
      prefix: 'Slotmirror',
      json: production,
      colors: !production && isatty(process.stdout.fd),
    });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (WIRING.has(String(rest.at(-1)))) return;
    super.log(message, ...rest);
  }

  /** A failed start is told once, by whoever started. */
  override error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) === 'ExceptionHandler' || rest.at(-1) === 'NestApplication') return;
    super.error(message, ...rest);
  }
}
