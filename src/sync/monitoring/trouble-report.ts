import type { FailingProduct, OddProduct } from './sql/list-troubles.js';
import { fromDatabaseDate } from '../../time/index.js';
import { adviceFor } from './advice.js';
import type { ErrorReport, OddityReport } from './trouble.shape.js';

/** @param notBefore its supplier gets no request before this; ISO 8601 UTC; null: no limit */
export function errorReport(product: FailingProduct, notBefore: string | null): ErrorReport {
  const retryAt = product.retryAt?.toISOString() ?? null;
  return {
    supplier: product.supplier,
    experienceId: product.experienceId,
    date: fromDatabaseDate(product.date),
    dates: product.dates.map(fromDatabaseDate),
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
    supplier: product.supplier,
    experienceId: product.experienceId,
    code: product.code,
    detail: product.detail,
    date: fromDatabaseDate(product.date),
    dates: product.dates.map(fromDatabaseDate),
    days: product.days,
    slots: product.slots,
    since: product.since.toISOString(),
    seenAt: product.seenAt.toISOString(),
    advice: adviceFor(product.code),
  };
}
