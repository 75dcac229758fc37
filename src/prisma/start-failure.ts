import { isDatabaseFailure } from './database-failure.js';
import { errorCode, errorText } from './error-text.js';
import { driverCause, failureText } from './failure-text.js';

const CONNECTION = 'Check host and port in DATABASE_URL, and that PostgreSQL takes connections there.';

const SLOW =
  'It did not answer in time: another connection may hold a lock (pg_locks tells which), or it is overloaded.';

/** Advice for a database that cannot be used, by SQLSTATE. */
const ADVICE: Readonly<Record<string, string>> = {
  '25006': 'It takes no writes: let DATABASE_URL lead to the primary.',
  '53100': 'Free some space on the disk of the database.',
  '53300': 'Raise max_connections of the database, or end other connections.',
  '42501':
    'Give the role in DATABASE_URL the right to create and use tables there, or have their owner start Slotmirror.',
  '28P01': 'Check user and password in DATABASE_URL.',
  '28000': 'Check the user in DATABASE_URL, and whether pg_hba.conf of the database lets it in.',
  '3D000': 'Create that database, or name another one in DATABASE_URL.',
  '55P03': SLOW,
  '57014': SLOW,
  '57P03': 'It is starting, recovering or stopping: start again when it takes connections.',
};

/** An error of PostgreSQL, its driver or the Prisma client at the start, with advice, on one line. */
export function startFailure(error: unknown): string | undefined {
  const { originalCode, kind } = driverCause(error);
  const isOfPrisma = /^PrismaClient/.test((error as Error | null)?.name ?? '');
  const state = originalCode ?? errorCode(error) ?? '';
  const isState = /^[0-9A-Z]{5}$/.test(state);
  if (!isOfPrisma && kind === undefined && !isState && !isDatabaseFailure(error)) return undefined;
  return `The database cannot be used: ${failureText(error)}. ${databaseAdvice(error)}`;
}

/** Advice for a failing database. */
export function databaseAdvice(error: unknown): string {
  const { originalCode } = driverCause(error);
  if (/transaction blocks not allowed/.test(errorText(error)))
    return 'Set pool_mode = transaction in the pooler before it, or have DATABASE_URL lead past it.';
  if (/read timeout$/.test(errorText(error))) return SLOW;
  return ADVICE[originalCode ?? errorCode(error) ?? ''] ?? CONNECTION;
}
