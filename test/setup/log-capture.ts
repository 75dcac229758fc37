import type { LoggerService } from '@nestjs/common';

/** Keeps every line that the application logs. */
export class LogCapture implements LoggerService {
  readonly lines: { readonly level: 'log' | 'warn' | 'error'; readonly text: string }[] = [];

  log(...parts: unknown[]): void {
    this.add('log', parts);
  }

  warn(...parts: unknown[]): void {
    this.add('warn', parts);
  }

  error(...parts: unknown[]): void {
    this.add('error', parts);
  }

  /** All of it. */
  get text(): string {
    return this.lines.map(({ text }) => text).join('\n');
  }

  get errors(): string[] {
    return this.lines.filter(({ level }) => level === 'error').map(({ text }) => text);
  }

  clear(): void {
    this.lines.length = 0;
  }

  private add(level: 'log' | 'warn' | 'error', parts: unknown[]): void {
    this.lines.push({
      level,
      text: parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '),
    });
  }
}
