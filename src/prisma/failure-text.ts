import { errorCode, errorText } from './error-text.js';
import { tlsFailureText } from './tls-failure.js';

/** What the driver said, as an error of the Prisma client carries it. */
export interface DriverCause {
  /** A `DriverAdapterError` of Prisma. */
  readonly kind?: string;
  /** The SQLSTATE, and PostgreSQL's own words. */
  readonly originalCode?: string;
  readonly originalMessage?: string;
}

/** A raw statement that failed, in the Prisma client's words. */
const OF_RAW = /^Raw query failed\. Code: `(?<code>[^`]*)`\. Message: `(?<message>.*)`$/;

/** What went wrong with the database, on one line: what PostgreSQL or the driver says, without what was called. */
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

/** Prisma puts what the driver said below what was called. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
