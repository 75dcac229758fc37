import type { FailureKind } from '../inventory/index.js';
import type { SupplierWait } from './supplier-client.js';

/** The request brought no list. What we know of the day stays as it is. */
export class SupplierFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** One sentence with the supplier's own words, at most 500 characters; holds no secret. */
    readonly detail: string,
    /** Beside it the supplier wants not to be asked until then, as in an answer. */
    readonly wait: SupplierWait | null = null,
  ) {
    super(`${kind}: ${detail}`);
  }
}

/** The supplier is not willing to answer now: nobody asks before `until`. */
export class SupplierRefusal extends Error {
  constructor(
    readonly until: Date,
    /** As in a failure. */
    readonly detail: string,
  ) {
    super(`refused until ${until.toISOString()}: ${detail}`);
  }
}
