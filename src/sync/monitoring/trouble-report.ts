import type { FailingProduct, OddProduct } from './sql/list-troubles.js';
import { fromDatabaseDate } from '../../time/index.js';
import { adviceFor } from './advice.js';

/** What fails of one product for one cause. Instants are ISO 8601 UTC. */
export interface ErrorReport {
  readonly experienceId: number;
  /** The day that failed last. */
  readonly date: string;
  /** Failures in a row, of all its days that fail so. */
  readonly attempts: number;
  /** `code: what happened`, with the supplier's own words. */
  readonly error: string;
  /** The last time, and the first. */
  readonly failedAt: string;
  readonly since: string;
  /** When one of them is tried again; null: not before their dates are over. */
  readonly retryAt: string | null;
  /** Stable: what happened. */
  readonly cause: string;
  /** How many days fail so. */
  readonly days: number;
  /** What to do. */
  readonly advice: string;
}

/** What was odd about the answers for one product, though they were taken. */
export interface OddityReport {
  readonly experienceId: number;
  /** Stable: what was odd. */
  readonly code: string;
  /** Where it was seen last, and what was done. */
  readonly detail: string;
  readonly date: string;
  readonly days: number;
  readonly slots: number;
  readonly since: string;
  readonly seenAt: string;
  readonly advice: string;
}

/** @param notBefore nothing at all is asked sooner; ISO 8601 UTC, null: nothing forbids it */
export function errorReport(product: FailingProduct, notBefore: string | null): ErrorReport {
  const retryAt = product.retryAt?.toISOString() ?? null;
  return {
    experienceId: product.experienceId,
    date: fromDatabaseDate(product.date),
    attempts: product.attempts,
    error: product.error,
    failedAt: product.failedAt.toISOString(),
    since: product.since.toISOString(),
    retryAt: retryAt !== null && notBefore !== null && notBefore > retryAt ? notBefore : retryAt,
    cause: product.kind,
    days: product.days,
    advice: adviceFor(product.kind),
  };
}

export function oddityReport(product: OddProduct): OddityReport {
  return {
    experienceId: product.experienceId,
    code: product.code,
    detail: product.detail,
    date: fromDatabaseDate(product.date),
    days: product.days,
    slots: product.slots,
    since: product.since.toISOString(),
    seenAt: product.seenAt.toISOString(),
    advice: adviceFor(product.code),
  };
}
