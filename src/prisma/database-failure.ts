import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { driverCause, lastLine } from './failure-text.js';
import { Prisma } from './generated/client.js';
import { isTlsFailure } from './tls-failure.js';

/** Codes of Prisma: unreachable, timeout, no free connection, transaction not begun in time. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1003', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
/** Kinds of the driver adapter for errors that do not come from PostgreSQL. */
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
/** Messages of `pg` that have no code. */
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
 * Whether the error means that the database could not be reached, and not that the statement was wrong. Codes decide. Of
 * messages only those of `pg` itself count, because other messages may quote what a client sent.
 */
export function isDatabaseFailure(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  // Not `instanceof`: some runners (Jest) create Node.js errors in another realm.
  if (!isNativeError(error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (PRISMA_CODES.has(code) || SOCKET_CODES.has(code) || SQL_STATES.test(code) || isTlsFailure(error)) return true;
  const { kind = '', originalCode = '' } = driverCause(error);
  return DRIVER_KINDS.has(kind) || SQL_STATES.test(originalCode) || DRIVER_MESSAGES.test(lastLine(error.message));
}

/** The SQLSTATE of an error of the Prisma client or the driver; undefined: the error does not come from PostgreSQL. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : driverCause(error).originalCode;
}
