import type { FailureKind } from '../inventory/index.js';
import type { SupplierWait } from './supplier-client.js';

/** The request returned no list. The stored day does not change. */
export class SupplierFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** One sentence with the supplier's own words, at most 500 characters; contains no secret. */
    readonly detail: string,
    /** The wait that the supplier named beside it, as in an answer. */
    readonly wait: SupplierWait | null = null,
    /** How old the answer was, milliseconds, see `SupplierAnswer`. A cache may repeat a failure, too. */
    readonly ageMs = 0,
  ) {
    super(`${kind}: ${detail}`);
  }
}

/** The supplier refuses to answer now. No request is sent before `until`. */
export class SupplierRefusal extends Error {
  constructor(
    readonly until: Date,
    /** As in a failure. */
    readonly detail: string,
  ) {
    super(`refused until ${until.toISOString()}: ${detail}`);
  }
}
