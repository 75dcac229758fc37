import { errorCode, errorText } from './error-text.js';
import { tlsFailureText } from './tls-failure.js';

/** The driver's error inside an error of the Prisma client. */
export interface DriverCause {
  /** A `DriverAdapterError` of Prisma. */
  readonly kind?: string;
  /** The SQLSTATE, and PostgreSQL's own message. */
  readonly originalCode?: string;
  readonly originalMessage?: string;
}

/** The Prisma client's message for a failed raw statement. */
const OF_RAW = /^Raw query failed\. Code: `(?<code>[^`]*)`\. Message: `(?<message>.*)`$/;

/** The message of PostgreSQL or the driver on one line, without the Prisma call. */
export function failureText(error: unknown): string {
  const tls = tlsFailureText(error);
  if (tls !== undefined) return tls;
  const cause = driverCause(error);
  const last = lastLine(errorText(error));
  const raw = OF_RAW.exec(last)?.groups;
  const text = (cause.originalMessage ?? raw?.['message'] ?? last).replaceAll(/\s+/g, ' ');
  const code = cause.originalCode ?? raw?.['code'] ?? errorCode(error);
  return code === undefined || text.includes(code) ? text : `${text} (${code})`;
}

export function driverCause(error: unknown): DriverCause {
  const { meta } = Object(error) as { meta?: { driverAdapterError?: { cause?: DriverCause } } };
  return meta?.driverAdapterError?.cause ?? {};
}

/** Prisma writes the driver's message below the call. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
