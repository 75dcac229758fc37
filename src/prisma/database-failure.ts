import { isNativeError } from 'node:util/types';
import { driverCause, lastLine } from './failure-text.js';
import { Prisma } from './generated/client.js';
import { isTlsFailure } from './tls-failure.js';

/** Prisma: can't reach it, timed out, no connection free, no transaction begun in time. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1003', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
/** Of the driver adapter, where PostgreSQL itself had no say. */
const DRIVER_KINDS = new Set([
  'DatabaseNotReachable',
  'DatabaseDoesNotExist',
  'SocketTimeout',
  'ConnectionClosed',
  'TooManyConnections',
  'TlsConnectionError',
]);
/** SQLSTATE: connection exceptions, no resources, shutting down or not accepting connections, no entry, no such database. */
const SQL_STATES = /^(08|53|57P|28)|^(55000|3D000)$/;
/** What `pg` says without any code. */
const DRIVER_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'EHOSTUNREACH',
]);

/**
 * Whether the error means that the database could not be reached, and not that something is wrong with what it was asked.
 * Codes decide; of texts only those that `pg` writes itself, for a text may repeat what a client sent.
 */
export function isDatabaseFailure(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  // Also an error of Node's own, which some runners (Jest) make in another realm than ours.
  if (!isNativeError(error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (PRISMA_CODES.has(code) || SOCKET_CODES.has(code) || SQL_STATES.test(code) || isTlsFailure(error)) return true;
  const { kind = '', originalCode = '' } = driverCause(error);
  return DRIVER_KINDS.has(kind) || SQL_STATES.test(originalCode) || DRIVER_MESSAGES.test(lastLine(error.message));
}

/** The SQLSTATE of an error of the Prisma client; undefined: PostgreSQL had no say in it. */
export function sqlStateOf(error: unknown): string | undefined {
  return isNativeError(error) ? driverCause(error).originalCode : undefined;
}
