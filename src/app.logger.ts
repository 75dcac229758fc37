import { isatty } from 'node:tty';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { LogSettings, Settings } from './config/index.js';
import { currentRequestId, redactor } from './http/index.js';

/** What Nest tells about its own wiring at every start, and nobody reads. */
const WIRING = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

const TEXT: LogSettings = { json: false, levels: ['log', 'warn', 'error', 'fatal'] };

/** JSON lines or readable ones, each with the request that it belongs to, and none with a secret. */
export class AppLogger extends ConsoleLogger {
  private readonly redactText: (text: string) => string;

  constructor(
    { json, levels }: LogSettings = TEXT,
    secrets: readonly string[] = [],
    colors = isatty(process.stdout.fd),
  ) {
    super({ prefix: 'Slotmirror', json, colors: !json && colors, logLevels: [...levels] });
    this.redactText = redactor(secrets);
  }

  /** As the environment says. */
  static for(settings: Settings): AppLogger {
    return new AppLogger(settings.server.log, secretsOf(settings));
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

  protected override formatMessage(...[level, message, ...rest]: Parameters<ConsoleLogger['formatMessage']>): string {
    const requestId = currentRequestId();
    const text = requestId !== undefined && typeof message === 'string' ? `${message} [${requestId}]` : message;
    return this.redactText(super.formatMessage(level, text, ...rest));
  }

  protected override printStackTrace(stack: string): void {
    super.printStackTrace(stack && this.redactText(stack));
  }

  protected override getJsonLogObject(
    ...given: Parameters<ConsoleLogger['getJsonLogObject']>
  ): ReturnType<ConsoleLogger['getJsonLogObject']> {
    const requestId = currentRequestId();
    return { ...super.getJsonLogObject(...given), ...(requestId !== undefined && { requestId }) };
  }

  protected override stringifyJsonLogObject(object: Parameters<ConsoleLogger['stringifyJsonLogObject']>[0]): string {
    return this.redactText(super.stringifyJsonLogObject(object));
  }
}

export type { LogLevel };

function secretsOf({ server, suppliers, database }: Settings): string[] {
  const passwords = [database.url, database.replicaUrl].flatMap(passwordsIn);
  return [
    ...suppliers.all.flatMap(({ apiKey, notificationSecret }) => [apiKey, notificationSecret ?? []].flat()),
    ...server.adminKeys.map(({ key }) => key),
    ...passwords,
  ];
}

/** As it is written and as it is meant, where that is not the same. */
function passwordsIn(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { password } = new URL(url);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
