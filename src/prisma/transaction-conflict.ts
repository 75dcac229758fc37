import { errorCode } from './error-text.js';
import { sqlStateOf } from './database-failure.js';

const SQL_STATES = new Set(['40P01', '40001']);
/** Prisma's: "write conflict or a deadlock". */
const PRISMA_CODE = 'P2034';
const MOST_TRIES = 5;

/** Another transaction changed meanwhile what this one was about: it is to begin again. */
export class TransactionConflict extends Error {}

/** Runs a transaction, and again where another one was in its way: after a deadlock it is as if it had not begun. */
export async function retried<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (tries === MOST_TRIES || !isConflict(error)) throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  if (error instanceof TransactionConflict || errorCode(error) === PRISMA_CODE) return true;
  return SQL_STATES.has(sqlStateOf(error) ?? '');
}
