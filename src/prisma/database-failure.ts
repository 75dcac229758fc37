import { Prisma } from './generated/client.js';

/** Codes of Prisma (P…), of PostgreSQL (SQLSTATE classes 08, 53, 57) and of the socket that mean: it is out of reach. */
const OUT_OF_REACH =
  /\b(P1001|P1002|P1008|P1017|P2024|P2037|08\d{3}|53\d{3}|57P0\d|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE)\b/;
const SAID =
  /Connection terminated|timeout exceeded when trying to connect|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections/;

/** Whether the error means that the database could not be reached, and not that something is wrong with what it was asked. */
export function isDatabaseFailure(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return OUT_OF_REACH.test(code) || OUT_OF_REACH.test(error.message) || SAID.test(error.message);
}
